package dev.yakin.secretrotation;

/** Why a rotation cannot go on, told apart, because what a person has to do differs. */
public enum Trouble {
    /** The server refused the user or the password. */
    WRONG_PASSWORD,
    /** Nobody answered in time, or the name is unknown: network, security group, or a database that sleeps. */
    UNREACHABLE,
    /** The server was there but is starting, stopping or failing over. */
    NOT_READY,
    /** The certificate is not the database's, or the connection is not encrypted. */
    TLS,
    /** The master user, or the function's role, may not do it. */
    PERMISSION,
    /** No connection is left. */
    TOO_MANY_CONNECTIONS,
    /** The two users are not alike and could not be made so. */
    DRIFT,
    /** The privileges that the app needs are not there. */
    PRIVILEGES,
    /** The tasks still use the user whose password would change. */
    NOT_ADOPTED,
    /** The version is not the one to rotate to: an old token, a cancelled or a replaced rotation. */
    STALE,
    /** The secret's content is not what this function understands. */
    SECRET,
    /** AWS did not do what it was asked, after the SDK's own retries: throttled, a quota, or an error of its own. */
    AWS,
    /** Anything else that the database said. */
    OTHER
}
