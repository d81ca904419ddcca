package dev.yakin.secretrotation;

import dev.yakin.secretrotation.Database.Session;

/**
 * Whether the new user can do what the app does: it becomes the owner role, and a read and a write that the shop chose
 * succeed. Nothing is kept: the session is closed without a commit.
 *
 * @param read a query, for example {@code SELECT 1 FROM orders LIMIT 1}; empty = none
 * @param write a statement, for example {@code INSERT INTO orders …}; empty = none
 */
public record PrivilegeCheck(String read, String write) {
    public void run(Session session, Users users) {
        var role = session.rows("SELECT current_user").getFirst().getFirst();
        if (!role.equals(users.owner())) {
            throw new RotationException(
                    Trouble.PRIVILEGES,
                    "the new user works as %s, need %s: what it makes would belong to it"
                            .formatted(role, users.owner()));
        }
        try {
            if (!read.isEmpty()) {
                session.rows(read);
            }
            if (!write.isEmpty()) {
                session.run(write);
            }
        } catch (RotationException e) {
            throw new RotationException(
                    Trouble.PRIVILEGES, "the new user can't do what the app does: " + e.getMessage(), e);
        }
    }
}
