"""A database of the embedded AWS that answers: a real PostgreSQL on loopback, under the name that RDS gave it.

The functions' JVMs are told that the name is 127.0.0.1 (``jdk.net.hosts.file``), and the unpacked zip trusts the
server's own authority in the place of Amazon's. Nothing of it is in the zips.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearsal.aws import api
from rehearsal.aws.sandbox import REPOSITORY, java_home
from rehearsal.aws.world import World

MODULE = REPOSITORY / "functions/postgres-testing/target"
BUNDLES = "dev/yakin/*/rds-bundle.pem"


@dataclass
class Postgres:
    """One running server. It ends with the process that started it; forks of that process share it."""

    process: subprocess.Popen[str]
    host: str
    port: int
    password: str
    authority: Path
    hosts: Path

    @property
    def options(self) -> tuple[str, ...]:
        """What a function's JVM needs to find it."""
        return (f"-Djdk.net.hosts.file={self.hosts}",)

    def trusted_by(self, task_root: Path) -> None:
        for bundle in task_root.glob(BUNDLES):
            bundle.write_bytes(self.authority.read_bytes())

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
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def answers_new_stack(world: World) -> None:
    """The one database of the stack that is being made answers as soon as the stack asks for its user."""

    def appear() -> None:
        (found,) = api.client("rds").describe_db_instances()["DBInstances"]
        secrets = api.client("secretsmanager").list_secrets()["SecretList"]
        (app,) = [secret["ARN"] for secret in secrets if secret["Name"].endswith("/database-app-user")] or [None]
        answer_for(world, found["DBInstanceIdentifier"], app)

    world.database_appears = appear


def answer_for(world: World, instance: str, secret: str | None) -> Postgres:
    """Starts a server for an RDS instance, with its master user and its database, and writes its port into the secret.

    The secret's user does not exist yet: that is what a new stack finds. Without a secret the function's setting says
    the port (``lambda_code``).
    """
    found = api.client("rds").describe_db_instances(DBInstanceIdentifier=instance)["DBInstances"][0]
    postgres = _start(world, found["Endpoint"]["Address"], found["EngineVersion"].split(".")[0])
    master = _value(found["MasterUserSecret"]["SecretArn"])
    user, database = master["username"], found["DBName"]
    for where, sql in (
        ("postgres", f"CREATE ROLE {user} LOGIN CREATEROLE CREATEDB PASSWORD '{master['password']}'"),
        ("postgres", f"CREATE DATABASE {database} OWNER {user}"),
        (database, f"ALTER SCHEMA public OWNER TO {user}"),
    ):
        postgres.runs(where, "postgres", postgres.password, sql)
    if secret is not None:
        content = _value(secret) | {"port": postgres.port}
        api.client("secretsmanager").update_secret(SecretId=secret, SecretString=json.dumps(content))
    world.database = postgres
    return postgres


def _start(world: World, host: str, major: str) -> Postgres:
    jars = [MODULE / "classes", *sorted((MODULE / "lib").glob("*.jar"))]
    if not (MODULE / "lib").is_dir():
        raise FileNotFoundError(f"{MODULE} is not built: run ./mvnw package")
    process = subprocess.Popen(
        [f"{java_home()}/bin/java", "-XX:TieredStopAtLevel=1", "-cp", os.pathsep.join(map(str, jars)),
         "dev.yakin.postgrestesting.PostgresMain", major, host],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    port, password, authority = process.stdout.readline().rstrip("\n").split("\t")
    hosts = world.directory / "hosts"
    hosts.write_text(f"127.0.0.1 {host} localhost\n", encoding="utf-8")
    return Postgres(process, host, int(port), password, Path(authority), hosts)


def _value(secret: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(api.client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"])
    return found
