package dev.yakin.secretrotation;

/**
 * One query that finds how the two users differ from each other and from the role that owns everything, and how to
 * repair each difference. The user in use is the model for the next one. Both become the owner role when they log in
 * ({@code ALTER ROLE … SET role}), so what they make belongs to neither of them and nothing changes hands at a rotation.
 *
 * <p>Source: PostgreSQL documentation, "System Catalogs" (pg_roles, pg_auth_members, pg_db_role_setting, pg_default_acl,
 * pg_shdepend), "Privileges", and "ALTER ROLE". Columns of the answer: what differs, and the repair (empty = a person has
 * to). Parameters: owner, model, next.
 */
final class Likeness {
    private Likeness() {}

    static final String NAMES = """
            WITH n AS (
              SELECT (SELECT oid FROM pg_roles WHERE rolname = ?) AS owner,
                     (SELECT oid FROM pg_roles WHERE rolname = ?) AS model,
                     (SELECT oid FROM pg_roles WHERE rolname = ?) AS next),
            u AS (SELECT r.oid, r.rolname FROM pg_roles r, n WHERE r.oid IN (n.model, n.next)),
            o AS (SELECT r.oid, r.rolname FROM pg_roles r, n WHERE r.oid = n.owner),
            """;

    /** Every privilege of the three on objects of this database, in the words of GRANT. */
    private static final String PRIVILEGES = """
            us AS (SELECT oid FROM u UNION ALL SELECT oid FROM o),
            acl AS (
              SELECT CASE relkind WHEN 'S' THEN 'ON SEQUENCE ' ELSE 'ON TABLE ' END || c.oid::regclass AS object,
                     a.privilege_type AS p, '' AS columns, a.is_grantable AS g, a.grantee, relowner AS holder
                FROM pg_class c, aclexplode(relacl) a WHERE relkind IN ('r', 'v', 'm', 'p', 'f', 'S')
                 AND a.grantee IN (SELECT oid FROM us)
              UNION ALL
              SELECT 'ON TABLE ' || attrelid::regclass, a.privilege_type, format(' (%I)', attname), a.is_grantable,
                     a.grantee, 0
                FROM pg_attribute, aclexplode(attacl) a WHERE a.grantee IN (SELECT oid FROM us)
              UNION ALL
              SELECT format('ON SCHEMA %I', nspname), a.privilege_type, '', a.is_grantable, a.grantee, nspowner
                FROM pg_namespace, aclexplode(nspacl) a WHERE a.grantee IN (SELECT oid FROM us)
              UNION ALL
              SELECT 'ON ROUTINE ' || p.oid::regprocedure, a.privilege_type, '', a.is_grantable, a.grantee, proowner
                FROM pg_proc p, aclexplode(proacl) a WHERE a.grantee IN (SELECT oid FROM us)
              UNION ALL
              SELECT format('ON DATABASE %I', datname), a.privilege_type, '', a.is_grantable, a.grantee, datdba
                FROM pg_database, aclexplode(datacl) a
               WHERE datname = current_database() AND a.grantee IN (SELECT oid FROM us)),
            later AS (
              SELECT defaclrole AS maker, a.grantee, a.privilege_type AS p, defaclnamespace AS schema, defaclobjtype AS t,
                     coalesce((SELECT format(' IN SCHEMA %I', nspname) FROM pg_namespace s WHERE s.oid = defaclnamespace),
                              '') AS place,
                     CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'ROUTINES'
                                        WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END AS kind
                FROM pg_default_acl, aclexplode(defaclacl) a),
            setting AS (
              SELECT setrole, setdatabase, e AS entry, split_part(e, '=', 1) AS name,
                     substr(e, strpos(e, '=') + 1) AS value,
                     coalesce((SELECT format(' IN DATABASE %I', datname) FROM pg_database d WHERE d.oid = setdatabase),
                              '') AS place
                FROM pg_db_role_setting, unnest(setconfig) e WHERE e NOT LIKE 'role=%'),
            """;

    /** Found in this order, repaired in this order: privileges first, the change of role that needs them last. */
    private static final String DIFFERENCES = """
            found AS (
              SELECT 10 AS step, format('%s is no member of %s', u.rolname, o.rolname) AS what,
                     format('GRANT %I TO %I', o.rolname, u.rolname) AS repair
                FROM u, o WHERE NOT EXISTS (SELECT FROM pg_auth_members m WHERE m.roleid = o.oid AND m.member = u.oid)
              UNION ALL
              SELECT 11, format('%s is a member of %s', b.rolname, a.rolname),
                     format('REVOKE %I FROM %I', a.rolname, b.rolname)
                FROM u a, u b WHERE EXISTS (SELECT FROM pg_auth_members m WHERE m.roleid = a.oid AND m.member = b.oid)
              UNION ALL
              SELECT 12, format('%s is a member of %s, %s is not', model.rolname, r.rolname, x.rolname),
                     format('GRANT %I TO %I', r.rolname, x.rolname)
                FROM n JOIN pg_roles model ON model.oid = n.model
                JOIN pg_auth_members m ON m.member = n.model JOIN pg_roles r ON r.oid = m.roleid
                JOIN pg_roles x ON x.oid IN (n.next, n.owner)
                WHERE r.oid NOT IN (n.owner, n.model, n.next)
                  AND NOT EXISTS (SELECT FROM pg_auth_members t WHERE t.roleid = r.oid AND t.member = x.oid)
              UNION ALL
              SELECT 13, format('%s is a member of %s, %s is not', t.rolname, r.rolname, model.rolname),
                     format('REVOKE %I FROM %I', r.rolname, t.rolname)
                FROM n JOIN pg_roles model ON model.oid = n.model JOIN pg_roles t ON t.oid = n.next
                JOIN pg_auth_members m ON m.member = n.next JOIN pg_roles r ON r.oid = m.roleid
                WHERE r.oid NOT IN (n.owner, n.model, n.next)
                  AND NOT EXISTS (SELECT FROM pg_auth_members t WHERE t.roleid = r.oid AND t.member = n.model)
              UNION ALL
              SELECT 20, format('%s owns %s objects', u.rolname, count(*)),
                     format('GRANT %1$I TO CURRENT_USER; REASSIGN OWNED BY %1$I TO %2$I; REVOKE %1$I FROM CURRENT_USER',
                            u.rolname, o.rolname)
                FROM u, o, pg_shdepend d
                WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = u.oid AND d.deptype = 'o'
                  AND d.classid <> 'pg_default_acl'::regclass
                  AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
                GROUP BY u.rolname, o.rolname
              UNION ALL
              SELECT 30, format('%s may %s%s %s, %s may not', u.rolname, p, columns, object, o.rolname),
                     format('GRANT %s%s %s TO %I%s', p, columns, object, o.rolname,
                            CASE WHEN g THEN ' WITH GRANT OPTION' ELSE '' END)
                FROM acl a JOIN u ON a.grantee = u.oid, o
                WHERE a.holder NOT IN (o.oid, u.oid) AND NOT EXISTS (
                  SELECT FROM acl b WHERE b.grantee = o.oid AND b.p = a.p AND b.columns = a.columns
                    AND b.object = a.object AND (b.g OR NOT a.g))
              UNION ALL
              SELECT 40, format('%s of %s%s go to %s, not to %s', kind, maker.rolname, place, u.rolname, o.rolname),
                     format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s GRANT %s ON %s TO %I', maker.rolname, place, p, kind,
                            o.rolname)
                FROM later a JOIN u ON a.grantee = u.oid JOIN pg_roles maker ON maker.oid = a.maker, o
                WHERE a.maker NOT IN (SELECT oid FROM u) AND a.maker <> o.oid AND NOT EXISTS (
                  SELECT FROM later b WHERE b.maker = a.maker AND b.grantee = o.oid AND b.p = a.p
                    AND b.schema = a.schema AND b.t = a.t)
              UNION ALL
              SELECT 41, format('%s of %s%s go to %s, those of %s do not', kind, u.rolname, place,
                                coalesce(g.rolname, 'PUBLIC'), o.rolname),
                     format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s GRANT %s ON %s TO %s', o.rolname, place, p, kind,
                            coalesce(quote_ident(g.rolname), 'PUBLIC'))
                FROM later a JOIN u ON a.maker = u.oid LEFT JOIN pg_roles g ON g.oid = a.grantee, o
                WHERE a.grantee NOT IN (SELECT oid FROM u) AND a.grantee <> o.oid AND NOT EXISTS (
                  SELECT FROM later b WHERE b.maker = o.oid AND b.grantee = a.grantee AND b.p = a.p
                    AND b.schema = a.schema AND b.t = a.t)
              UNION ALL
              SELECT 50, format('%s has the connection limit %s, %s has %s', t.rolname, t.rolconnlimit, m.rolname,
                                m.rolconnlimit),
                     format('ALTER ROLE %I CONNECTION LIMIT %s', t.rolname, m.rolconnlimit)
                FROM n JOIN pg_roles m ON m.oid = n.model JOIN pg_roles t ON t.oid = n.next
                WHERE m.rolconnlimit <> t.rolconnlimit
              UNION ALL
              SELECT 51, format('%s expires otherwise than %s', t.rolname, m.rolname),
                     format('ALTER ROLE %I VALID UNTIL %L', t.rolname, coalesce(m.rolvaliduntil, 'infinity'))
                FROM n JOIN pg_roles m ON m.oid = n.model JOIN pg_roles t ON t.oid = n.next
                WHERE coalesce(m.rolvaliduntil, 'infinity') <> coalesce(t.rolvaliduntil, 'infinity')
              UNION ALL
              SELECT 52, format('%s may not log in', rolname), format('ALTER ROLE %I LOGIN', rolname)
                FROM pg_roles WHERE oid IN (SELECT oid FROM u) AND NOT rolcanlogin
              UNION ALL
              SELECT 53, format('%s is not %s as %s is', t.rolname, a.word, m.rolname),
                     format('ALTER ROLE %I %s%s', t.rolname, CASE WHEN a.m THEN '' ELSE 'NO' END, a.word)
                FROM n JOIN pg_roles m ON m.oid = n.model JOIN pg_roles t ON t.oid IN (n.next, n.owner),
                LATERAL (VALUES ('CREATEDB', m.rolcreatedb, t.rolcreatedb), ('CREATEROLE', m.rolcreaterole, t.rolcreaterole),
                                ('BYPASSRLS', m.rolbypassrls, t.rolbypassrls), ('INHERIT', m.rolinherit, t.rolinherit),
                                ('REPLICATION', m.rolreplication, t.rolreplication)) AS a (word, m, t)
                WHERE a.m <> a.t
              UNION ALL
              SELECT 60, format('%s has the setting %s%s, %s has not', m.rolname, a.name, a.place, t.rolname),
                     format('SELECT set_config(%1$L, %2$L, true); ALTER ROLE %3$I%4$s SET %1$I FROM CURRENT; '
                            || 'SET LOCAL %1$I TO DEFAULT', a.name, a.value, t.rolname, a.place)
                FROM n JOIN pg_roles m ON m.oid = n.model JOIN pg_roles t ON t.oid = n.next
                JOIN setting a ON a.setrole = n.model
                WHERE NOT EXISTS (SELECT FROM setting b WHERE b.setrole = n.next AND b.setdatabase = a.setdatabase
                  AND b.entry = a.entry)
              UNION ALL
              SELECT 61, format('%s has the setting %s%s, %s has not', t.rolname, a.name, a.place, m.rolname),
                     format('ALTER ROLE %I%s RESET %I', t.rolname, a.place, a.name)
                FROM n JOIN pg_roles m ON m.oid = n.model JOIN pg_roles t ON t.oid = n.next
                JOIN setting a ON a.setrole = n.next
                WHERE NOT EXISTS (SELECT FROM setting b WHERE b.setrole = n.model AND b.setdatabase = a.setdatabase
                  AND b.name = a.name)
              UNION ALL
              SELECT 70, format('%s may %s on %s, %s may not', u.rolname, p, c.oid::regclass, o.rolname), ''
                FROM u, o, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p,
                     pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND s.nspname !~ '^pg_' AND s.nspname <> 'information_schema'
                  AND has_table_privilege(u.oid, c.oid, p) AND NOT has_table_privilege(o.oid, c.oid, p)
              UNION ALL
              SELECT 80, format('%s does not become %s', u.rolname, o.rolname),
                     format('ALTER ROLE %I SET role = %L', u.rolname, o.rolname)
                FROM u, o WHERE NOT EXISTS (
                  SELECT FROM pg_db_role_setting s WHERE s.setrole = u.oid AND s.setdatabase = 0
                    AND 'role=' || o.rolname = ANY (s.setconfig)))
            SELECT what, repair FROM found ORDER BY step, what, repair
            """;

    static final String QUERY = NAMES + PRIVILEGES + DIFFERENCES;
}
