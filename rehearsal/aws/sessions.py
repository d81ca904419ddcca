"""Whose call is it? Each sandbox of a function gets the temporary credentials of its role, as Lambda gives them.

AWS documentation: "Defining Lambda function permissions with an execution role"; the session's name is the function's.
"""

from __future__ import annotations

from dataclasses import dataclass

from moto.sts.models import sts_backends

from rehearsal.aws.world import ACCOUNT, REGION, World

DEPLOYER = "deployer"
DEPLOYER_KEY = "AKIADEPLOYER00000000"


@dataclass
class Session:
    access_key: str
    secret_key: str
    token: str
    role_arn: str
    name: str  # the session's name: what stands behind the role in an assumed-role ARN
    who: str  # the function's logical id in the template
    invocation: str | None = None  # the Lambda request id that runs now; kept up to date by the Lambda part

    def __repr__(self) -> str:
        return f"Session({self.who}, {self.access_key})"

    @property
    def role(self) -> str:
        return self.role_arn.rsplit("/", 1)[-1]

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which the SDK finds the credentials in a sandbox."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_SESSION_TOKEN": self.token,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
        }


def begin(world: World, role_arn: str, name: str, who: str) -> Session:
    """New credentials of the role, for the function with the logical id ``who``."""
    assumed = sts_backends[ACCOUNT]["aws"].assume_role(
        region_name=REGION, role_session_name=name, role_arn=role_arn, policy="", duration=12 * 3600, external_id=""
    )
    session = Session(
        assumed.access_key_id, assumed.secret_access_key, assumed.session_token, role_arn, name, who, None
    )
    world.sessions[session.access_key] = session
    return session


def of_key(world: World, access_key: str) -> Session | None:
    """The session behind an access key; None for the person who deploys."""
    if access_key in world.sessions:
        return world.sessions[access_key]
    assumed = sts_backends[ACCOUNT]["aws"].get_assumed_role_from_access_key(access_key)
    if assumed is None:
        return None
    # A role that somebody assumed through sts:AssumeRole: it has no function, so it goes by its role's name.
    role = assumed.role_arn.rsplit("/", 1)[-1]
    session = Session(
        assumed.access_key_id, assumed.secret_access_key, assumed.session_token, assumed.role_arn,
        assumed.session_name, role,
    )  # fmt: skip
    world.sessions[access_key] = session
    return session
