"""S3 as people use it: the AWS CLI copies, synchronises and presigns; large files go up in parts."""
import datetime
import hashlib
import pathlib
import random
import subprocess
import types
import unittest.mock
import urllib.error
import urllib.request

from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from buckets import BucketTest

MEGABYTE = 1 << 20


def write_random(path, size, seed=1):
    pathlib.Path(path).write_bytes(random.Random(seed).randbytes(size))


def digest(path, part=None):
    """The MD5 as S3's ETag has it: of the whole, or of its parts' MD5s."""
    data = pathlib.Path(path).read_bytes()
    if part is None:
        return f'"{hashlib.md5(data).hexdigest()}"'
    parts = [hashlib.md5(data[at:at + part]).digest() for at in range(0, len(data), part)]
    return f'"{hashlib.md5(b"".join(parts)).hexdigest()}-{len(parts)}"'


def tree(folder):
    """Every file below a folder and what is in it."""
    root = pathlib.Path(folder)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


class CopyTest(BucketTest):
    BUCKET = "transfers"

    def test_64_mb_go_up_in_parts_and_come_back_the_same(self):
        write_random(self.path("there"), 64 * MEGABYTE)

        self.cloud.aws("s3", "cp", "--no-progress", self.path("there"), "s3://transfers/large/file.bin")
        head = self.s3.head_object(Bucket="transfers", Key="large/file.bin")
        self.cloud.aws("s3", "cp", "--no-progress", "s3://transfers/large/file.bin", self.path("back"))

        self.assertEqual(head["ContentLength"], 64 * MEGABYTE)
        self.assertEqual(head["ETag"], digest(self.path("there"), part=8 * MEGABYTE))
        self.assertEqual(digest(self.path("back")), digest(self.path("there")))

    def test_an_upload_through_pipes_is_the_same(self):
        text = ("a line\n" * 1000).encode()
        command = ["/usr/bin/aws", "--endpoint-url", self.cloud.endpoint, "s3", "cp", "-", "s3://transfers/piped"]
        subprocess.run(command, input=text, check=True, env=self.cloud.environment(), capture_output=True, timeout=60)

        self.assertEqual(self.s3.get_object(Bucket="transfers", Key="piped")["Body"].read(), text)

    def test_ls_mv_and_rm_work_on_prefixes(self):
        for key in ("list/a", "list/b/c", "list/b/d"):
            self.s3.put_object(Bucket="transfers", Key=key, Body=b"x")

        listing = self.cloud.aws("s3", "ls", "s3://transfers/list/")
        self.cloud.aws("s3", "mv", "s3://transfers/list/a", "s3://transfers/moved")
        self.cloud.aws("s3", "rm", "--recursive", "s3://transfers/list/")

        self.assertEqual([line.split()[-1] for line in listing.splitlines()], ["b/", "a"])
        self.assertEqual(self.s3.get_object(Bucket="transfers", Key="moved")["Body"].read(), b"x")
        self.assertEqual(self.s3.list_objects_v2(Bucket="transfers", Prefix="list/")["KeyCount"], 0)


class SyncTest(BucketTest):
    BUCKET = "transfers"

    def make_tree(self):
        source = pathlib.Path(self.path("source"))
        for name, text in (("one.txt", "1"), ("deep/er/two & three.txt", "23"), ("umläut ?#%+.txt", "ü"), ("empty", "")):
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return source

    def test_sync_carries_a_tree_there_and_back(self):
        source = self.make_tree()

        self.cloud.aws("s3", "sync", "--no-progress", str(source), "s3://transfers/tree")
        self.cloud.aws("s3", "sync", "--no-progress", "s3://transfers/tree", self.path("copy"))

        self.assertEqual(tree(self.path("copy")), tree(source))

    def test_sync_carries_only_what_changed_and_deletes_what_is_gone(self):
        source = self.make_tree()
        self.cloud.aws("s3", "sync", "--no-progress", str(source), "s3://transfers/changing")
        (source / "one.txt").write_text("one is longer now")
        (source / "empty").unlink()

        said = self.cloud.aws("s3", "sync", "--no-progress", "--delete", str(source), "s3://transfers/changing")
        again = self.cloud.aws("s3", "sync", "--no-progress", "--delete", str(source), "s3://transfers/changing")

        self.assertEqual(sorted(line.split()[0] for line in said.splitlines()), ["delete:", "upload:"])
        self.assertEqual(again, {})


class PresignTest(BucketTest):
    BUCKET = "shared"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cloud.client("s3").put_object(Bucket="shared", Key="a b/ü.txt", Body=b"for you", ContentType="text/plain")

    def fetch(self, url, **options):
        with urllib.request.urlopen(urllib.request.Request(url, **options), timeout=20) as response:
            return response, response.read()

    def failure(self, url, **options):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.fetch(url, **options)
        self.addCleanup(caught.exception.close)
        return caught.exception.code, caught.exception.read().decode()

    def test_the_clis_address_gives_the_object_to_anybody(self):
        url = self.cloud.aws("s3", "presign", "s3://shared/a b/ü.txt", "--expires-in", "60").strip()

        response, body = self.fetch(url)

        self.assertEqual((body, response.headers["Content-Type"]), (b"for you", "text/plain"))

    def test_an_address_may_say_how_it_is_answered(self):
        s3 = self.cloud.client("s3", config={"signature_version": "s3v4"})
        url = s3.generate_presigned_url("get_object", {
            "Bucket": "shared", "Key": "a b/ü.txt", "ResponseContentType": "audio/wav",
            "ResponseContentDisposition": 'attachment; filename="x.wav"'})

        response, _ = self.fetch(url)

        self.assertEqual(response.headers["Content-Type"], "audio/wav")
        self.assertEqual(response.headers["Content-Disposition"], 'attachment; filename="x.wav"')

    def test_an_address_may_take_an_object(self):
        for version in ("s3v4", "s3"):
            with self.subTest(version):
                s3 = self.cloud.client("s3", config={"signature_version": version})
                url = s3.generate_presigned_url("put_object", {"Bucket": "shared", "Key": version})

                self.fetch(url, data=b"taken", method="PUT", headers={"Content-Type": ""})

                self.assertEqual(s3.get_object(Bucket="shared", Key=version)["Body"].read(), b"taken")

    def test_an_address_ends(self):
        url = self.cloud.client("s3", config={"signature_version": "s3"}).generate_presigned_url(
            "get_object", {"Bucket": "shared", "Key": "a b/ü.txt"}, ExpiresIn=-5)

        self.assertEqual(self.failure(url)[0], 403)

    def test_an_address_of_version_4_ends_too(self):
        long_ago = datetime.datetime.utcnow() - datetime.timedelta(hours=1)
        request = AWSRequest("GET", self.cloud.endpoint + "/shared/a%20b/%C3%BC.txt")
        clock = types.SimpleNamespace(datetime=types.SimpleNamespace(utcnow=lambda: long_ago))
        with unittest.mock.patch("botocore.auth.datetime", clock):
            S3SigV4QueryAuth(Credentials("123456789012", "test"), "s3", "us-east-1", expires=60).add_auth(request)

        status, body = self.failure(request.url)

        self.assertEqual(status, 403)
        self.assertIn("<Code>AccessDenied</Code><Message>Request has expired", body)


class PresignSignedTest(PresignTest):
    """The same where every signature is verified."""

    OPTIONS = ("--require-signatures",)

    def test_an_address_for_another_object_is_refused(self):
        s3 = self.cloud.client("s3", config={"signature_version": "s3v4"})
        url = s3.generate_presigned_url("get_object", {"Bucket": "shared", "Key": "mine"})

        status, body = self.failure(url.replace("/mine?", "/theirs?"))

        self.assertEqual(status, 403)
        self.assertIn("<Code>SignatureDoesNotMatch</Code>", body)

    def test_no_signature_is_no_access(self):
        self.assertEqual(self.failure(self.cloud.endpoint + "/shared/a%20b/%C3%BC.txt")[0], 403)
