"""BucketTest: a cloud with one bucket, and the few words its objects need."""
import os

from clients import ClientTest


class BucketTest(ClientTest):
    BUCKET = "objects"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cloud.client("s3").create_bucket(Bucket=cls.BUCKET)

    def setUp(self):
        super().setUp()
        self.s3 = self.cloud.client("s3")

    def put(self, key, body=b"hello", **more):
        return self.s3.put_object(Bucket=self.BUCKET, Key=key, Body=body, **more)

    def get(self, key, **more):
        return self.s3.get_object(Bucket=self.BUCKET, Key=key, **more)

    def body(self, key, **more):
        return self.get(key, **more)["Body"].read()

    def path(self, name):
        """A file's path in the test's own folder."""
        return os.path.join(self.folder, name)
