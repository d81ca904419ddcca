"""Functions of templates, and references to secrets and parameters."""

from __future__ import annotations

import pytest

from rehearsal.aws import api
from rehearsal.aws.cloudformation.errors import StackError
from rehearsal.aws.cloudformation.intrinsics import Resolver, references, resolve_dynamic

ATTRIBUTES = {("Db", None): "db-1", ("Db", "Endpoint.Address"): "db.example.com", ("Vpc", "CidrBlock"): "10.0.0.0/16"}
TEMPLATE = {
    "Conditions": {
        "Yes": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
        "No": {"Fn::Not": [{"Condition": "Yes"}]},
        "Both": {"Fn::And": [{"Condition": "Yes"}, {"Fn::Or": [{"Condition": "No"}, {"Condition": "Yes"}]}]},
    },
    "Mappings": {"Map": {"a": {"b": [1, 2]}}},
}


def resolve(value):
    return Resolver(TEMPLATE, {"Stage": "prod"}, "shop", "arn:stack", lambda *key: ATTRIBUTES[key]).resolve(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Ref": "Db"}, "db-1"),
        ({"Fn::GetAtt": "Db.Endpoint.Address"}, "db.example.com"),
        ({"Fn::GetAtt": ["Db", "Endpoint.Address"]}, "db.example.com"),
        ({"Fn::Sub": "jdbc://${Db.Endpoint.Address}/${AWS::StackName}-${Stage}${!x}"}, "jdbc://db.example.com/shop-prod${x}"),
        ({"Fn::Sub": ["${A}-${Db}", {"A": {"Fn::Join": ["/", ["x", {"Ref": "Stage"}]]}}]}, "x/prod-db-1"),
        ({"Fn::Cidr": [{"Fn::GetAtt": ["Vpc", "CidrBlock"]}, 2, 8]}, ["10.0.0.0/24", "10.0.1.0/24"]),
        ({"Fn::Length": {"Fn::Split": [",", "a,b,c"]}}, 3),
        ({"Fn::If": ["Yes", "y", "n"]}, "y"),
        ({"a": {"Fn::If": ["No", 1, {"Ref": "AWS::NoValue"}]}, "b": [{"Ref": "AWS::NoValue"}, 2]}, {"b": [2]}),
        ({"Fn::If": ["Both", "y", "n"]}, "y"),
        ({"Fn::FindInMap": ["Map", "a", "b"]}, [1, 2]),
        ({"Fn::Base64": "hi"}, "aGk="),
        ({"Fn::ToJsonString": {"a": {"Ref": "Stage"}}}, '{"a":"prod"}'),
        ({"Condition": {"StringEquals": {"a": "b"}}}, {"Condition": {"StringEquals": {"a": "b"}}}),
    ],
)  # fmt: skip
def test_functions(value, expected):
    assert resolve(value) == expected


def test_a_condition_that_does_not_exist_is_named():
    with pytest.raises(StackError, match="the condition Maybe does not exist"):
        resolve({"Fn::If": ["Maybe", 1, 2]})


def test_dynamic_references(world):
    api.client("ssm").put_parameter(Name="/a", Value="one", Type="String")
    api.client("secretsmanager").create_secret(Name="db", SecretString='{"password": "hush"}')
    text = "{{resolve:ssm:/a}}-{{resolve:secretsmanager:db:SecretString:password}}"
    assert resolve_dynamic({"x": [text]}) == {"x": ["one-hush"]}


def test_references_of_a_value():
    value = {"a": {"Fn::Sub": ["${A.B}${c}${!no}", {"c": {"Ref": "C"}}]}, "d": [{"Fn::GetAtt": "D.e"}, {"Ref": "F"}]}
    assert references(value) == {"A", "C", "D", "F"}
