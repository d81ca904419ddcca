"""A SAM template becomes a whole stack, or fails with the name of what is wrong."""

from __future__ import annotations

import pytest

from rehearsal.aws import api, stack
from rehearsal.aws.cloudformation.errors import NotEmulatedError, StackError
from rehearsal.aws.world import World
from rehearsal.tests import small_stack
from rehearsal.tests.conftest import START


@pytest.fixture
def template(tmp_path):
    return small_stack.write(tmp_path / "project")


@pytest.fixture
def deployed(world, template):
    return stack.deploy(world, template, settle=None)


def bounds(deployed) -> tuple[int, int]:
    found = api.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
    return found[0]["MinCapacity"], found[0]["MaxCapacity"]


def test_every_resource_exists_and_outputs_are_right(deployed):
    assert deployed.status == "CREATE_COMPLETE"
    assert {"Vpc", "Subnet", "Service", "Worker", "WorkerRole", "WorkerQueue", "WorkerEvery"} <= set(deployed.resources)
    assert "OnlyInProd" not in deployed.resources
    name = api.client("sns").list_topics()["Topics"][0]["TopicArn"].split(":")[-1]
    assert deployed.outputs == {
        "TopicName": name, "Zone": "c", "Subnet": "10.0.1.0/24 in ap-northeast-1, ${Literal}",
    }  # fmt: skip
    assert bounds(deployed) == (2, 10)


def test_nothing_of_the_properties_is_lost(deployed):
    ids = deployed.physical_ids
    definition = api.client("ecs").describe_task_definition(taskDefinition=ids["TaskDefinition"])["taskDefinition"]
    assert (definition["networkMode"], definition["cpu"], definition["requiresCompatibilities"]) == (
        "awsvpc", "256", ["FARGATE"],
    )  # fmt: skip
    assert definition["containerDefinitions"][0]["image"] == "shop:dev"
    queue = api.client("sqs").get_queue_attributes(QueueUrl=ids["Queue"], AttributeNames=["All"])["Attributes"]
    assert queue["VisibilityTimeout"] == "90"
    assert "KmsMasterKeyId" not in queue
    mapping = api.client("lambda").list_event_source_mappings()["EventSourceMappings"][0]
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    schedule = api.client("scheduler").get_schedule(Name=ids["WorkerEvery"])
    assert schedule["ScheduleExpressionTimezone"] == "Asia/Tokyo"


def test_the_world_knows_the_code_the_function_and_its_role(world, template, deployed):
    name = deployed.physical_ids["Worker"]
    assert world.code[name] == str(template.parent / "functions" / "worker.zip")
    assert world.functions[name] == "Worker"
    role = deployed.resources["WorkerRole"].attributes["Arn"]
    assert deployed.functions_by_role == {role: "Worker"}
    environment = api.client("lambda").get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    assert environment == {
        "STACK_NAME": "yakin-prod", "MIN_CAPACITY": "2", "TOPIC": deployed.physical_ids["Topic"],
    }  # fmt: skip


def test_names_are_cloudformations_and_the_same_for_a_seed(world, template, deployed, tmp_path):
    assert deployed.physical_ids["Cluster"].startswith("yakin-prod-Cluster-")
    world.clock.stop()
    again = World.create(START, tmp_path / "again", seed=1)
    assert stack.deploy(again, template, settle=None).physical_ids == deployed.physical_ids
    other = World.create(START, tmp_path / "other", seed=2)
    assert stack.deploy(other, template, settle=None).physical_ids != deployed.physical_ids


def test_a_deploy_with_another_minimum_resets_the_scalable_target(deployed):
    api.client("application-autoscaling").register_scalable_target(
        ServiceNamespace="ecs", ScalableDimension="ecs:service:DesiredCount", MinCapacity=6,
        ResourceId=deployed.resources["ScalableTarget"].properties["ResourceId"],
    )  # fmt: skip
    stack.redeploy(deployed, parameters={"MinCapacity": "3"})
    assert bounds(deployed) == (3, 10)
    value = api.client("ssm").get_parameter(Name="/yakin-prod/min")["Parameter"]["Value"]
    name = deployed.physical_ids["Worker"]
    environment = api.client("lambda").get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    assert (value, environment["MIN_CAPACITY"]) == ("3", "3")
    updated = {event.logical_id for event in deployed.events if event.status == "UPDATE_COMPLETE"}
    assert updated == {"ScalableTarget", "Parameter", "Worker", "yakin-prod"}


def test_a_deploy_that_changes_nothing_leaves_drift_alone(deployed):
    api.client("application-autoscaling").register_scalable_target(
        ServiceNamespace="ecs", ScalableDimension="ecs:service:DesiredCount", MinCapacity=6,
        ResourceId=deployed.resources["ScalableTarget"].properties["ResourceId"],
    )  # fmt: skip
    stack.redeploy(deployed)
    assert bounds(deployed) == (6, 10)


def test_a_new_image_is_a_new_revision_that_the_service_gets(deployed, template):
    before = deployed.physical_ids
    template.write_text(template.read_text().replace("shop:${Stage}", "shop:v2"))
    stack.redeploy(deployed, template)
    after = deployed.physical_ids
    assert after["TaskDefinition"] == before["TaskDefinition"][:-1] + "2"
    service = api.client("ecs").describe_services(cluster=after["Cluster"], services=[after["Service"]])["services"][0]
    assert service["taskDefinition"] == after["TaskDefinition"]
    assert after["Service"] == before["Service"]


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"Stage": "test"}, "Parameter 'Stage' must be one of AllowedValues: dev, prod"),
        ({"MinCapacity": "0"}, "Parameter 'MinCapacity' must be from 1 to 50"),
        ({"MinCapacity": "two"}, "Parameter 'MinCapacity' must be a number, not 'two'"),
        ({"Size": "1"}, r"Parameters: \[Size\] do not exist in the template"),
        ({"Stage": "prod"}, "Rule ProductionHasADomain: production needs a domain"),
    ],
)
def test_bad_parameters_are_refused_before_anything_is_made(world, template, parameters, reason):
    with pytest.raises(StackError, match=reason):
        stack.deploy(world, template, parameters, settle=None)
    assert api.client("sns").list_topics()["Topics"] == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Cluster: {Type: AWS::ECS::Cluster}", "Cluster: {Type: AWS::ECS::Flotilla}",
         r"Cluster \(AWS::ECS::Flotilla\): the resource type AWS::ECS::Flotilla is not emulated"),
        ("VisibilityTimeout: 90", "VisibilityTimeout: 90, Colour: red", r"Queue \(AWS::SQS::Queue\): .*Colour"),
        ("MaxCapacity: 10", "MaxCapacity: 10\n      Speed: 3",
         r"ScalableTarget \(.*\): property Speed is not known to RegisterScalableTargetRequest"),
        ("!GetAtt Topic.TopicName", "!GetAtt Topic.Colour",
         r"Outputs.TopicName: GetAtt Topic.Colour: AWS::SNS::Topic has TopicArn, TopicName"),
        ("functions/worker.zip", "functions/missing.zip", "functions/missing.zip does not exist: build the functions"),
        ("!Select [1, !Ref Zones]", "!Select [7, !Ref Zones]", "Fn::Select cannot select nonexistent value at index 7"),
        ("Value: !GetAtt Topic.TopicName", "Value: {Fn::Guess: 1}", "Fn::Guess is not emulated"),
        ("Properties: {CidrBlock: 10.0.0.0/16}", "Properties: {CidrBlock: !Ref Subnet}", "Circular dependency"),
    ],
)  # fmt: skip
def test_what_is_unknown_or_wrong_fails_the_stack_by_name(world, template, old, new, reason):
    text = template.read_text()
    assert old in text
    template.write_text(text.replace(old, new))
    with pytest.raises(StackError, match=reason):
        stack.deploy(world, template, settle=None)


def test_a_failure_is_an_event_with_its_reason(world, template):
    template.write_text(template.read_text().replace("MaxCapacity: 10", "MaxCapacity: ten"))
    reason = "property MaxCapacity must be a number, not 'ten'"
    with pytest.raises(StackError, match=reason):
        stack.deploy(world, template, settle=None)
    failed = world.stacks["yakin-prod"].events[-1]
    assert (failed.logical_id, failed.status, failed.reason) == ("ScalableTarget", "CREATE_FAILED", reason)


def test_removal_is_not_emulated_and_says_so(deployed, template):
    template.write_text(template.read_text().replace("  Cluster: {", "  Cluster: {", 1).replace(
        "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}",
        "  Vpc2: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}",
    ).replace("!Ref Vpc", "!Ref Vpc2").replace("Vpc.CidrBlock", "Vpc2.CidrBlock"))  # fmt: skip
    with pytest.raises(NotEmulatedError, match="the update removes Vpc"):
        stack.redeploy(deployed, template)
