"""`aws cloudformation package` and `deploy` as buildspecs use them: code of folders, nested templates, definitions in files."""
from builds import BuildTest
from clients import until

FILES = {
    "fn/app.py": "def handler(event, context):\n    return 'packed'\n",
    "machine.json": '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${F}", "End": true}}}',
    "child.yaml": """
Parameters: {Word: {Type: String}}
Resources:
  P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref Word}}
Outputs: {Name: {Value: !Ref P}}
""",
    "template.yaml": """
Parameters: {Role: {Type: String}}
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.12, Handler: app.handler, Role: !Ref Role, Code: fn}
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties: {RoleArn: !Ref Role, DefinitionS3Location: machine.json, DefinitionSubstitutions: {F: !GetAtt Fn.Arn}}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {Word: nested}}
Outputs: {Parameter: {Value: !GetAtt Child.Outputs.Name}, Machine: {Value: !Ref Machine}}
""",
}


class PackageTest(BuildTest):
    def test_a_build_packs_and_deploys(self):
        role = self.make_role()
        self.cloud.client("s3").create_bucket(Bucket="packages")

        self.build(role, FILES, "aws cloudformation package --template-file template.yaml --s3-bucket packages --output-template-file packed.yaml",
                   f"aws cloudformation deploy --template-file packed.yaml --stack-name packed --s3-bucket packages --parameter-overrides Role={role}")

        outputs = self.outputs("packed")
        self.assertEqual(self.cloud.client("ssm").get_parameter(Name=outputs["Parameter"])["Parameter"]["Value"], "nested")
        states = self.cloud.client("stepfunctions")
        run = states.start_execution(stateMachineArn=outputs["Machine"])["executionArn"]
        ended = until(lambda: states.describe_execution(executionArn=run), lambda it: it["status"] != "RUNNING")
        self.assertEqual((ended["status"], ended.get("output")), ("SUCCEEDED", '"packed"'))

