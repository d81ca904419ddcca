"""A database of the embedded AWS that answers: a real PostgreSQL on loopback, under the name that RDS gave it.

The functions' JVMs are told that the name is 127.0.0.1 (``jdk.net.hosts.file``), and the unpacked zip trusts the
server's own authority in the place of Amazon's. Nothing of it is in the zips.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rehearsal.aws import api
from rehearsal.aws.sandbox import REPOSITORY, java_home
from rehearsal.aws.world import World

MODULE = REPOSITORY / "functions/postgres-testing/target"
BUNDLES = "dev/yakin/*/rds-bundle.pem"


@dataclass
class Postgres:
    """One running server. It ends with the process that started it; forks of that process share it.

    It answers for an instance, or for a cluster under the address of its writer. ``stand_ins`` answer for those that
    are restored later, by their identifiers.
    """

    instance: str
    process: subprocess.Popen[str]
    host: str
    port: int
    password: str
    authority: Path
    hosts: Path
    stand_ins: dict[str, Postgres] = field(default_factory=dict)

    @property
    def options(self) -> tuple[str, ...]:
        """What a function's JVM needs to find it."""
        return (f"-Djdk.net.hosts.file={self.hosts}",)

    def trusted_by(self, task_root: Path) -> None:
        servers = {server.port: server for server in (self, *self.stand_ins.values())}.values()
        for bundle in task_root.glob(BUNDLES):
            bundle.write_bytes(b"\n".join(server.authority.read_bytes() for server in servers))

    def restored(self, instance: Any) -> None:
        """RDS has made an instance, or a cluster, of a backup: its stand-in answers, if it has one."""
        if instance.resource_id in self.stand_ins:
            instance.port = self.stand_ins[instance.resource_id].port

    def master_is(self, instance: str, user: str, password: str) -> None:
        """RDS sets the master's password in the database."""
        server = self if instance == self.instance else self.stand_ins.get(instance)
        if server is not None:
            server.superuser("postgres", f"ALTER ROLE {user} PASSWORD '{password}'")

    def superuser(self, database: str, *statements: str) -> None:
        for sql in statements:
            self.runs(database, "postgres", self.password, sql)

    def runs(self, database: str, user: str, password: str, sql: str) -> bool:
        """An independent client: False when the server refuses user or password."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write("\t".join((database, user, password, sql)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if answer not in ("ok", "error 28P01"):
            raise RuntimeError(f"PostgreSQL answers {answer!r} to {user}: {sql}")
        return answer == "ok"

    def close(self) -> None:
        for server in {server.port: server for server in self.stand_ins.values()}.values():
            server.close()
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def answers_new_stack(world: World) -> None:
    """The one database of the stack that is being made answers as soon as the stack asks for its user."""

    def appear() -> None:
        (found,) = api.client("rds").describe_db_instances()["DBInstances"]
        secrets = api.client("secretsmanager").list_secrets()["SecretList"]
        users = [
            secret["ARN"] for secret in secrets if secret["Name"].endswith(("/database-app-user", "/database-reader"))
        ]
        answer_for(world, found["DBInstanceIdentifier"], *users)

    world.database_appears = appear


def answer_for(world: World, instance: str, *secrets: str) -> Postgres:
    """Starts a server for an RDS instance or an Aurora cluster, with its master user and its database, and writes its
    port into the secrets.

    The secrets' users do not exist yet: that is what a new stack finds. Without a secret the function's setting says
    the port (``lambda_code``).
    """
    found = _described(instance)
    postgres = _start(world, instance, [found.address], found.major)
    master = _value(found.master_secret)
    _empty_database(postgres, found.database, master["username"], master["password"])
    for secret in secrets:
        content = _value(secret) | {"port": postgres.port}
        api.client("secretsmanager").update_secret(SecretId=secret, SecretString=json.dumps(content))
    world.database = postgres
    return postgres


def stand_in(world: World, identifiers: list[str]) -> Postgres:
    """Starts a server that answers for whatever will be restored from the one that answers already, under any of these
    identifiers. It is empty: what a backup holds is what its caller writes into it."""
    live = world.database
    found = _described(live.instance)
    hosts = [found.address.replace(live.instance, identifier, 1) for identifier in identifiers]
    postgres = _start(world, identifiers[0], hosts, found.major)
    _empty_database(postgres, found.database, found.user, "nobody knows it")
    live.stand_ins |= dict.fromkeys(identifiers, postgres)
    return postgres


@dataclass(frozen=True)
class Described:
    address: str
    major: str
    database: str
    user: str
    master_secret: str


def _described(identifier: str) -> Described:
    rds = api.client("rds")
    clusters = {one["DBClusterIdentifier"]: one for one in rds.describe_db_clusters()["DBClusters"]}
    found = clusters.get(identifier) or rds.describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]
    is_cluster = identifier in clusters
    return Described(
        found["Endpoint"] if is_cluster else found["Endpoint"]["Address"],
        found["EngineVersion"].split(".")[0],
        found["DatabaseName" if is_cluster else "DBName"],
        found["MasterUsername"],
        found["MasterUserSecret"]["SecretArn"],
    )


def _empty_database(postgres: Postgres, database: str, user: str, password: str) -> None:
    """As RDS makes it. Source: RDS User Guide, "Understanding the rds_superuser role"."""
    postgres.superuser(
        "postgres",
        f"CREATE ROLE {user} LOGIN CREATEROLE CREATEDB PASSWORD '{password}'",
        f"GRANT pg_read_all_data TO {user} WITH ADMIN OPTION",
        f"CREATE DATABASE {database} OWNER {user}",
    )
    postgres.superuser(database, f"ALTER SCHEMA public OWNER TO {user}")


def _start(world: World, instance: str, names: list[str], major: str) -> Postgres:
    jars = [MODULE / "classes", *sorted((MODULE / "lib").glob("*.jar"))]
    if not (MODULE / "lib").is_dir():
        raise FileNotFoundError(f"{MODULE} is not built: run ./mvnw package")
    process = subprocess.Popen(
        [f"{java_home()}/bin/java", "-XX:TieredStopAtLevel=1", "-cp", os.pathsep.join(map(str, jars)),
         "dev.yakin.postgrestesting.PostgresMain", major, *names],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    port, password, authority = process.stdout.readline().rstrip("\n").split("\t")
    hosts = world.directory / "hosts"
    with hosts.open("a", encoding="utf-8") as file:
        file.writelines(f"127.0.0.1 {name}\n" for name in (*names, "localhost"))
    return Postgres(instance, process, names[0], int(port), password, Path(authority), hosts)


def _value(secret: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(api.client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"])
    return found
