"""Trunkline's own functions as they run on AWS: in a function made of the program, with a bucket beside it."""
import io
import json
import os
import zipfile

from delivery import DeliveryTest
from running_cloud import BOOTSTRAP

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]})


def zipped(folder):
    """The monorepo as a pipeline hands it over."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, folders, files in os.walk(folder):
            for name in files:
                path = os.path.join(place, name)
                archive.write(path, os.path.relpath(path, folder))
    return packed.getvalue()


class OwnFunctionTest(DeliveryTest):
    """One of Trunkline's own functions in the center's account and first Region, with a bucket beside it."""

    HANDLER = ""

    def setUp(self):
        super().setUp()
        self.reset_cloud()
        self.s3, self.lambda_ = self.client("s3"), self.client("lambda")
        self.s3.create_bucket(Bucket="flows")
        role = self.client("iam").create_role(RoleName="own", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
        program = io.BytesIO()
        with zipfile.ZipFile(program, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            entry = zipfile.ZipInfo("bootstrap")
            entry.external_attr = 0o755 << 16
            with open(BOOTSTRAP, "rb") as file:
                archive.writestr(entry, file.read())
        self.s3.put_object(Bucket="flows", Key="program.zip", Body=program.getvalue())
        self.lambda_.create_function(
            FunctionName="own", Role=role, Runtime="provided.al2023", Handler=self.HANDLER, Timeout=120, MemorySize=512,
            Code={"S3Bucket": "flows", "S3Key": "program.zip"})
        self.lambda_.get_waiter("function_active_v2").wait(FunctionName="own", WaiterConfig={"Delay": 0.05})

    def hand_over(self):
        self.s3.put_object(Bucket="flows", Key="center.zip", Body=zipped(self.center))

    def invoke(self, **more):
        event = {"bucket": "flows", "key": "center.zip", "environment": "dev", "commit": "0123abc", **more}
        got = self.lambda_.invoke(FunctionName="own", Payload=json.dumps(event))
        answer = json.loads(got["Payload"].read())
        self.assertNotIn("FunctionError", got, answer)
        return answer
