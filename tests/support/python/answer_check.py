"""Every answer that a client of boto3 gets is held against the service's official model: members, types, required ones, values,
patterns, lengths, and the codes of errors.

The models are those of TRUNKLINE_SHARED (newer than Debian's boto3), else boto3's own. What the wire has is looked at where it is
JSON, else what boto3 made of it. A difference fails the call, or goes to the file that TRUNKLINE_COLLECT_DIFFERENCES names.
"""
import json
import os
import pathlib
import re

import botocore.model

SHARED = os.environ.get("TRUNKLINE_SHARED")
# Of every service: the common errors of the API references, and those of the protocols.
COMMON_ERRORS = {
    "AccessDenied", "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "InternalFailure",
    "InternalServerError", "InvalidAction", "InvalidClientTokenId", "InvalidSignatureException", "MissingAuthenticationToken",
    "MissingAuthenticationTokenException", "NotImplemented", "OptInRequired", "RequestExpired", "SerializationException",
    "ServiceUnavailable", "SignatureDoesNotMatch", "Throttling", "ThrottlingException", "UnknownOperationException",
    "UnrecognizedClientException", "ValidationError", "ValidationException"}
# What the service answers though its model says otherwise: (operation, what the difference says).
KNOWN = {
    # In the examples of the API references, as here.
    ("*", r"PermissionsBoundaryType: 'Policy'"),
    ("SimulatePrincipalPolicy", r"SourcePolicyType: '(IAM|Resource) Policy'"),
    ("SimulateCustomPolicy", r"SourcePolicyType: '(IAM|Resource) Policy'"),
    ("*", r"ProvisionedThroughput.NumberOfDecreasesToday: 0 "),
    ("GetUser", r"UserId: has 12 characters"),  # of the account itself
    # Recorded answers: a function that is being made has no value of the enumeration.
    ("*", r"LastUpdateStatusReasonCode: 'Creating'"),
    # The pattern has no '!', which EventBridge's own secrets have in their names (EventBridge guide, "Connection secrets").
    ("*", r"SecretArn: '[^']*:secret:events!connection/"),
    # The stack's own events have its status (CloudFormation guide, "Stack status codes").
    ("DescribeStackEvents", r"ResourceStatus: '(UPDATE_(ROLLBACK_)?COMPLETE_CLEANUP|REVIEW)_IN_PROGRESS'"),
    # Terraform's provider reads a missing member as "none".
    ("GetFunctionCodeSigningConfig", r"CodeSigningConfigArn is missing"),
    # The operation takes any version, and the answer names the one that was asked for.
    ("DescribeIntent", r"botVersion"),
    ("DescribeSlot", r"botVersion"),
    ("DescribeSlotType", r"botVersion"),
}
MODELS = {}


def official(service_model):
    """The newest model of the same service that is at hand."""
    name = service_model.service_name
    if name not in MODELS:
        path = pathlib.Path(SHARED or "/nonexistent", "models", name, "service-2.json")
        MODELS[name] = botocore.model.ServiceModel(json.loads(path.read_text()), name) if path.exists() else service_model
    return MODELS[name]


class Comparison:
    """Of one answer: `wrong` has what does not fit."""

    def __init__(self, raw):
        self.raw = raw  # as it was sent: a member that the model does not know is wrong, a time is a number or a text
        self.wrong = []

    def compare(self, shape, value, path):
        if value is None:
            return
        compare = getattr(self, f"compare_{shape.type_name}", None)
        if compare:
            compare(shape, value, path)

    def say(self, path, text):
        self.wrong.append(f"{path}: {text}")

    def compare_structure(self, shape, value, path):
        if getattr(shape, "is_document_type", False):
            return
        if not isinstance(value, dict):
            return self.say(path, f"expected an object but got {value!r}")
        names = {member.serialization.get("name", name) if self.raw else name: (name, member) for name, member in shape.members.items()
                 if not self.raw or member.serialization.get("location") not in ("header", "headers", "statusCode")}
        for name in shape.required_members:
            sent = next((sent for sent, (own, _) in names.items() if own == name), None)
            # An empty list leaves no trace in XML.
            unseen = not self.raw and shape.members[name].type_name in ("list", "map")
            if sent and value.get(sent) is None and not unseen:
                self.say(path, f"required member {name} is missing")
        for name, item in value.items():
            if name in names:
                self.compare(names[name][1], item, f"{path}.{name}")
            elif self.raw:
                self.say(path, f"member {name} is not in the model")

    def compare_list(self, shape, value, path):
        if not isinstance(value, list):
            return self.say(path, f"expected a list but got {value!r}")
        if value:  # several services answer with an empty list where one item is the least for an input
            self.compare_length(shape, value, path)
        for item in value:
            self.compare(shape.member, item, f"{path}[]")

    def compare_map(self, shape, value, path):
        if not isinstance(value, dict):
            return self.say(path, f"expected a map but got {value!r}")
        for key, item in value.items():
            self.compare(shape.key, key, f"{path} key")
            self.compare(shape.value, item, f"{path}.*")

    def compare_string(self, shape, value, path):
        if not isinstance(value, str):
            decoded = not self.raw and shape.name.lower().startswith("policydocument")  # boto3 reads those
            return None if decoded else self.say(path, f"expected a text but got {value!r}")
        if shape.enum and value not in shape.enum:
            self.say(path, f"{value!r} is none of {shape.enum}")
        self.compare_length(shape, value, path)
        pattern = shape.metadata.get("pattern")
        if pattern and not fits(pattern, value):
            self.say(path, f"{value!r} does not fit {pattern}")

    def compare_length(self, shape, value, path):
        most, least = shape.metadata.get("max"), shape.metadata.get("min")
        if (most is not None and len(value) > most) or (least is not None and len(value) < least):
            self.say(path, f"has {len(value)} characters or items, and may have {least} to {most}: {value!r}"[:200])

    def compare_integer(self, shape, value, path):
        if isinstance(value, bool) or not isinstance(value, int):
            return self.say(path, f"expected a whole number but got {value!r}")
        most, least = shape.metadata.get("max"), shape.metadata.get("min")
        if (most is not None and value > most) or (least is not None and value < least):
            self.say(path, f"{value} is not between {least} and {most}")

    compare_long = compare_integer

    def compare_boolean(self, shape, value, path):
        if not isinstance(value, bool):
            self.say(path, f"expected true or false but got {value!r}")

    def compare_timestamp(self, shape, value, path):
        form = shape.serialization.get("timestampFormat", "unixTimestamp")
        if self.raw and isinstance(value, str) != (form != "unixTimestamp"):
            self.say(path, f"expected a time as {form} but got {value!r}")


def fits(pattern, value):
    """Whether the value does; a pattern that Python cannot read says nothing. Some models escape backslashes once too often."""
    try:
        pattern = pattern.replace("\\\\", "\\")
        return re.search(pattern, value, re.DOTALL) is not None
    except re.error:
        return True


def differences(operation, http_response, parsed):
    """What of an answer does not fit the model of its operation: sentences."""
    service = official(operation.service_model)
    if operation.name not in service.operation_names:
        return []
    newest = service.operation_model(operation.name)
    if http_response.status_code >= 300:
        code = parsed.get("Error", {}).get("Code", "")
        known = {shape.error_code for shape in newest.error_shapes} | {shape.name for shape in newest.error_shapes}
        # S3 has most of its codes in its guide only; Query clients of SQS get the codes of that protocol.
        elsewhere = service.service_name == "s3" or code.startswith("AWS.SimpleQueueService.")
        fine = code in known | COMMON_ERRORS or code.isdigit() or not known or elsewhere
        return [] if fine else [f"error {code} is none of {sorted(known)}"]
    if newest.output_shape is None:
        return []
    raw = "json" in operation.service_model.metadata["protocol"] and "payload" not in newest.output_shape.serialization
    if raw:
        try:
            value = json.loads(http_response.content or b"{}")
        except ValueError as problem:
            return [f"the body is no JSON: {problem}"]
    else:
        value = {name: item for name, item in parsed.items() if name != "ResponseMetadata"}
    comparison = Comparison(raw)
    comparison.compare(newest.output_shape, value, newest.name)
    return [one for one in comparison.wrong
            if not any(name in ("*", newest.name) and re.search(text, one) for name, text in KNOWN)]


def check(http_response, parsed, model, **_):
    wrong = differences(model, http_response, parsed)
    if not wrong:
        return
    collected = os.environ.get("TRUNKLINE_COLLECT_DIFFERENCES")
    if collected:
        with open(collected, "a", encoding="utf-8") as file:
            file.writelines(f"{model.service_model.service_name} {model.name}: {one}\n" for one in wrong)
        return
    raise AssertionError(f"{model.name} does not answer as the model has it:\n  " + "\n  ".join(wrong))


def watch(client):
    client.meta.events.register("after-call", check)
    return client
