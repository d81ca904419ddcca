"""Parameter Store and Secrets Manager answer as AWS documents, where moto does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from rehearsal.aws import api, events, secrets, server, ssm
from rehearsal.aws.world import World


@pytest.fixture
def world(tmp_path):
    world = World.create(datetime(2026, 12, 26, tzinfo=UTC), tmp_path)
    for module in (events, ssm, secrets):
        module.install(world)
    server.door(world)
    return world


def code(call) -> str:
    with pytest.raises(ClientError) as failed:
        call()
    return failed.value.response["Error"]["Code"]


def test_a_label_that_no_version_carries_is_a_version_not_found(world):
    parameters = api.client("ssm")
    parameters.put_parameter(Name="/yakin/shop/sales", Value="{}", Type="String")
    assert code(lambda: parameters.get_parameter(Name="/yakin/shop/sales:good")) == "ParameterVersionNotFound"
    assert code(lambda: parameters.get_parameter(Name="/yakin/shop/nope")) == "ParameterNotFound"
    parameters.label_parameter_version(Name="/yakin/shop/sales", ParameterVersion=1, Labels=["good"])
    assert parameters.get_parameter(Name="/yakin/shop/sales:good")["Parameter"]["Version"] == 1


def test_a_standard_parameter_holds_4096_characters(world):
    parameters = api.client("ssm")
    parameters.put_parameter(Name="/p", Value="x" * 4096, Type="String")
    assert code(lambda: parameters.put_parameter(Name="/p", Value="x" * 4097, Overwrite=True)) == "ValidationException"
    assert parameters.get_parameter(Name="/p")["Parameter"]["Version"] == 1


def test_intelligent_tiering_makes_a_parameter_advanced_when_it_has_to_and_never_goes_back(world):
    parameters = api.client("ssm")

    def put(size: int, **tier: str) -> str:
        parameters.put_parameter(Name="/p", Value="x" * size, Type="String", Overwrite=True, **tier)
        return parameters.describe_parameters()["Parameters"][0]["Tier"]

    assert put(4096, Tier="Intelligent-Tiering") == "Standard"
    assert put(8192, Tier="Intelligent-Tiering") == "Advanced"
    assert put(10, Tier="Intelligent-Tiering") == "Advanced"
    assert put(5000) == "Advanced"
    assert code(lambda: put(8193, Tier="Intelligent-Tiering")) == "ValidationException"
    assert code(lambda: put(10, Tier="Standard")) == "ValidationException"


def test_each_change_is_an_event(world):
    parameters = api.client("ssm")
    parameters.put_parameter(Name="/yakin/shop/sales", Value="{}", Type="String")
    parameters.put_parameter(Name="/yakin/shop/sales", Value="{} ", Overwrite=True)
    parameters.label_parameter_version(Name="/yakin/shop/sales", ParameterVersion=2, Labels=["good"])
    changes = [r.facts["detail"] for r in world.of_kind("event") if r.facts["source"] == "aws.ssm"]
    assert [c["operation"] for c in changes] == ["Create", "Update", "LabelParameterVersion"]
    assert {c["name"] for c in changes} == {"/yakin/shop/sales"}


def test_a_secret_without_a_stage_is_the_current_one(world):
    client = api.client("secretsmanager")
    client.create_secret(Name="app", SecretString="old", ClientRequestToken="a" * 32)
    client.put_secret_value(
        SecretId="app", SecretString="new", ClientRequestToken="b" * 32, VersionStages=["AWSPENDING"]
    )
    assert client.get_secret_value(SecretId="app")["SecretString"] == "old"
    client.update_secret_version_stage(
        SecretId="app", VersionStage="AWSCURRENT", MoveToVersionId="b" * 32, RemoveFromVersionId="a" * 32
    )
    assert client.get_secret_value(SecretId="app")["SecretString"] == "new"


def test_a_request_token_takes_one_value(world):
    client = api.client("secretsmanager")
    client.create_secret(Name="app", SecretString="old", ClientRequestToken="a" * 32)
    put = {"SecretId": "app", "ClientRequestToken": "b" * 32, "VersionStages": ["AWSPENDING"]}
    client.put_secret_value(SecretString="one", **put)
    client.put_secret_value(SecretString="one", **put)
    assert code(lambda: client.put_secret_value(SecretString="two", **put)) == "ResourceExistsException"
