"""Step Functions through boto3 and the AWS CLI: machines, executions, tokens, a function, history; errors; a restart."""
import json

from clients import until
from functions import FunctionTest


def machine(start, **states):
    return json.dumps({"StartAt": start, "States": states})


class StatesTest(FunctionTest):
    def setUp(self):
        super().setUp()
        self.states = self.cloud.client("stepfunctions")
        trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"},
                                                         "Action": "sts:AssumeRole"}]}
        iam = self.cloud.client("iam")
        try:
            iam.create_role(RoleName="machine", AssumeRolePolicyDocument=json.dumps(trust))
        except iam.exceptions.EntityAlreadyExistsException:
            pass
        self.machine_role = iam.get_role(RoleName="machine")["Role"]["Arn"]

    def make(self, name, definition, **more):
        return self.states.create_state_machine(name=name, definition=definition, roleArn=self.machine_role, **more)["stateMachineArn"]

    def run_to_end(self, arn, given):
        execution = self.states.start_execution(stateMachineArn=arn, input=json.dumps(given))["executionArn"]
        return self.ended(execution)

    def ended(self, execution):
        return until(lambda: self.states.describe_execution(executionArn=execution), lambda got: got["status"] != "RUNNING")

    def test_an_execution_goes_through_its_states(self):
        arn = self.make("choose", machine(
            "C", C={"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 1, "Next": "Big"}], "Default": "Small"},
            Big={"Type": "Pass", "Result": "big", "End": True}, Small={"Type": "Fail", "Error": "TooSmall", "Cause": "by far"}))

        big, small = self.run_to_end(arn, {"n": 2}), self.run_to_end(arn, {"n": 0})
        events = self.states.get_execution_history(executionArn=big["executionArn"])["events"]

        self.assertEqual((big["status"], big["output"]), ("SUCCEEDED", '"big"'))
        self.assertEqual((small["status"], small["error"], small["cause"]), ("FAILED", "TooSmall", "by far"))
        self.assertEqual([one["type"] for one in events],
                         ["ExecutionStarted", "ChoiceStateEntered", "ChoiceStateExited", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"])

    def test_a_function_is_called_and_its_error_is_caught(self):
        self.python("divide", "return 1 / event['by']")
        function = self.lambda_.get_function(FunctionName="divide")["Configuration"]["FunctionArn"]
        arn = self.make("divide", machine(
            "D", D={"Type": "Task", "Resource": function, "ResultPath": "$.got", "End": True,
                    "Catch": [{"ErrorEquals": ["ZeroDivisionError"], "ResultPath": "$.error", "Next": "E"}]},
            E={"Type": "Pass", "Parameters": {"cause.$": "States.StringToJson($.error.Cause)"}, "End": True}))
        invoke = self.make("invoke", machine(
            "I", I={"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "OutputPath": "$.Payload", "End": True,
                    "Parameters": {"FunctionName": "divide", "Payload.$": "$"}}))

        self.assertEqual(json.loads(self.run_to_end(arn, {"by": 2})["output"]), {"by": 2, "got": 0.5})
        self.assertEqual(json.loads(self.run_to_end(arn, {"by": 0})["output"])["cause"]["errorType"], "ZeroDivisionError")
        self.assertEqual(self.run_to_end(invoke, {"by": 4})["output"], "0.25")
        self.assertIn('"errorMessage":"division by zero"', self.run_to_end(invoke, {"by": 0})["cause"])

    def test_a_token_is_waited_for_over_a_restart(self):
        arn = self.make("token", machine(
            "T", T={"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:ssm:putParameter.waitForTaskToken", "End": True,
                    "Parameters": {"Name": "/token", "Value.$": "$$.Task.Token", "Type": "String", "Overwrite": True}}))
        execution = self.states.start_execution(stateMachineArn=arn)["executionArn"]
        ssm = self.cloud.client("ssm")
        token = until(lambda: (ssm.get_parameters(Names=["/token"])["Parameters"] or [{}])[0].get("Value"), bool)
        self.cloud.restart("kill")
        self.states = self.cloud.client("stepfunctions")

        self.states.send_task_success(taskToken=token, output='{"ok":true}')

        self.assertEqual(self.ended(execution)["output"], '{"ok":true}')

    def test_errors(self):
        self.refused("InvalidDefinition", self.states.create_state_machine, name="bad", definition="{}", roleArn=self.machine_role)
        self.refused("StateMachineDoesNotExist", self.states.start_execution,
                     stateMachineArn="arn:aws:states:us-east-1:123456789012:stateMachine:none")
        self.refused("InvalidArn", self.states.describe_execution, executionArn="arn:aws:states:us-east-1:123456789012:activity:x")

    def test_the_cli_makes_and_runs_a_machine(self):
        made = self.cloud.aws("stepfunctions", "create-state-machine", "--name", "cli", "--role-arn", self.machine_role, "--definition",
                              machine("P", P={"Type": "Pass", "End": True}))
        started = self.cloud.aws("stepfunctions", "start-execution", "--state-machine-arn", made["stateMachineArn"], "--input", '{"a":1}')
        got = self.cloud.aws("stepfunctions", "describe-execution", "--execution-arn", started["executionArn"])

        self.assertEqual((got["status"], got["output"]), ("SUCCEEDED", '{"a":1}'))
