"""Objects of S3 through boto3: bodies, metadata, ranges, conditions, copies, tags, versions, parts, listings; a restart."""
import hashlib
import io

from boto3.s3.transfer import TransferConfig

from buckets import BucketTest
from clients import SOON

MEGABYTE = 1 << 20


class ObjectsTest(BucketTest):
    def test_an_object_comes_back_as_it_was_put(self):
        put = self.put("round/trip", b"\0\r\n\xff", ContentType="audio/wav", Metadata={"Owner": "Ada", "note": "a  b"},
                       CacheControl="no-store", ContentDisposition="inline", ContentEncoding="identity")
        got = self.get("round/trip")

        self.assertEqual(got["Body"].read(), b"\0\r\n\xff")
        self.assertEqual(got["ETag"], put["ETag"])
        self.assertEqual(put["ETag"], f'"{hashlib.md5(bytes([0, 13, 10, 255])).hexdigest()}"')
        self.assertEqual(got["ContentType"], "audio/wav")
        self.assertEqual(got["Metadata"], {"owner": "Ada", "note": "a  b"})
        self.assertEqual((got["CacheControl"], got["ContentDisposition"]), ("no-store", "inline"))

    def test_keys_may_hold_anything(self):
        for key in ("a b+c", "ümläut/日本", "q?x=1&y#z", "per%20cent", "dots/../and/./more", "/leading", "trailing/", "'\"<>&", "a//b"):
            with self.subTest(key):
                self.put(key, key.encode())

                self.assertEqual(self.body(key), key.encode())
                self.assertIn(key, [one["Key"] for one in self.s3.list_objects_v2(Bucket=self.BUCKET)["Contents"]])

    def test_writing_again_replaces_and_deleting_twice_succeeds(self):
        self.put("again", b"1", Metadata={"a": "1"})
        self.put("again", b"22")
        replaced = self.get("again")
        self.s3.delete_object(Bucket=self.BUCKET, Key="again")
        self.s3.delete_object(Bucket=self.BUCKET, Key="again")

        self.assertEqual((replaced["Body"].read(), replaced["Metadata"]), (b"22", {}))
        self.refused("NoSuchKey", self.get, key="again")

    def test_errors_say_what_is_missing(self):
        missing = self.refusal(self.s3.get_object, Bucket=self.BUCKET, Key="none")
        self.assertEqual((missing["Error"]["Code"], missing["Error"]["Key"]), ("NoSuchKey", "none"))
        self.assertEqual(missing["ResponseMetadata"]["HTTPStatusCode"], 404)
        elsewhere = self.refusal(self.s3.get_object, Bucket="nobody-has-it", Key="none")
        self.assertEqual((elsewhere["Error"]["Code"], elsewhere["Error"]["BucketName"]), ("NoSuchBucket", "nobody-has-it"))
        self.assertEqual(self.refusal(self.s3.head_object, Bucket=self.BUCKET, Key="none")["Error"]["Code"], "404")

    def test_ranges(self):
        self.put("range", b"0123456789")

        for asked, answered, place in (("bytes=2-4", b"234", "bytes 2-4/10"), ("bytes=7-", b"789", "bytes 7-9/10"),
                                       ("bytes=-3", b"789", "bytes 7-9/10"), ("bytes=8-99", b"89", "bytes 8-9/10")):
            got = self.get("range", Range=asked)
            self.assertEqual((got["Body"].read(), got["ContentRange"]), (answered, place))
        self.refused("InvalidRange", self.get, key="range", Range="bytes=10-")

    def test_conditions(self):
        tag = self.put("conditional")["ETag"]

        self.assertEqual(self.body("conditional", IfMatch=tag), b"hello")
        self.refused("PreconditionFailed", self.get, key="conditional", IfMatch='"other"')
        unchanged = self.refusal(self.get, "conditional", IfNoneMatch=tag)
        self.assertEqual(unchanged["ResponseMetadata"]["HTTPStatusCode"], 304)

    def test_a_copy_takes_metadata_along_or_replaces_it(self):
        self.put("original ü", b"copied", ContentType="text/x-one", Metadata={"a": "1"})
        source = {"Bucket": self.BUCKET, "Key": "original ü"}

        copied = self.s3.copy_object(Bucket=self.BUCKET, Key="same", CopySource=source)["CopyObjectResult"]
        self.s3.copy_object(Bucket=self.BUCKET, Key="other", CopySource=source, MetadataDirective="REPLACE",
                            Metadata={"b": "2"}, ContentType="text/x-two")

        same, other = self.get("same"), self.get("other")
        self.assertEqual((same["Body"].read(), same["Metadata"], same["ContentType"]), (b"copied", {"a": "1"}, "text/x-one"))
        self.assertEqual((other["Metadata"], other["ContentType"]), ({"b": "2"}, "text/x-two"))
        self.assertEqual(copied["ETag"], same["ETag"])

    def test_a_wrong_checksum_is_refused(self):
        self.refused("BadDigest", self.put, key="sum", ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")

    def test_checksums_are_kept(self):
        put = self.put("crc", ChecksumAlgorithm="CRC32")

        got = self.get("crc", ChecksumMode="ENABLED")

        self.assertEqual((put["ChecksumCRC32"], got["ChecksumCRC32"], got["Body"].read()), ("NhCmhg==", "NhCmhg==", b"hello"))

    def test_tags_of_an_object(self):
        self.put("tagged", Tagging="team=blue&empty=")
        first = self.s3.get_object_tagging(Bucket=self.BUCKET, Key="tagged")["TagSet"]
        self.s3.put_object_tagging(Bucket=self.BUCKET, Key="tagged", Tagging={"TagSet": [{"Key": "x", "Value": "+=@"}]})
        second = self.s3.get_object_tagging(Bucket=self.BUCKET, Key="tagged")["TagSet"]
        count = self.get("tagged")["TagCount"]
        self.s3.delete_object_tagging(Bucket=self.BUCKET, Key="tagged")

        self.assertCountEqual(first, [{"Key": "team", "Value": "blue"}, {"Key": "empty", "Value": ""}])
        self.assertEqual((second, count), ([{"Key": "x", "Value": "+=@"}], 1))
        self.assertEqual(self.s3.get_object_tagging(Bucket=self.BUCKET, Key="tagged")["TagSet"], [])

    def test_attributes_and_acl_of_an_object(self):
        self.put("attributes", b"four")

        attributes = self.s3.get_object_attributes(Bucket=self.BUCKET, Key="attributes", ObjectAttributes=["ETag", "ObjectSize"])
        self.s3.put_object_acl(Bucket=self.BUCKET, Key="attributes", ACL="private")
        acl = self.s3.get_object_acl(Bucket=self.BUCKET, Key="attributes")

        self.assertEqual((attributes["ObjectSize"], attributes["ETag"]), (4, hashlib.md5(b"four").hexdigest()))
        self.assertEqual([one["Permission"] for one in acl["Grants"]], ["FULL_CONTROL"])

    def test_many_are_deleted_at_once(self):
        for index in range(3):
            self.put(f"many/{index}")

        answer = self.s3.delete_objects(Bucket=self.BUCKET, Delete={"Objects": [{"Key": f"many/{i}"} for i in range(4)]})

        self.assertEqual(sorted(one["Key"] for one in answer["Deleted"]), [f"many/{i}" for i in range(4)])
        self.assertNotIn("Errors", answer)

    def test_waiters_see_objects_come_and_go(self):
        self.put("awaited")
        self.s3.get_waiter("object_exists").wait(Bucket=self.BUCKET, Key="awaited", WaiterConfig=SOON)
        self.s3.delete_object(Bucket=self.BUCKET, Key="awaited")
        self.s3.get_waiter("object_not_exists").wait(Bucket=self.BUCKET, Key="awaited", WaiterConfig=SOON)

        self.refused("NoSuchKey", self.get, key="awaited")

    def test_objects_survive_stop_and_kill_9(self):
        self.put("kept/small", b"small", Metadata={"a": "1"})
        self.put("kept/large", bytes(3 * MEGABYTE))
        for how in ("stop", "kill"):
            self.cloud.restart(how)
            self.s3 = self.cloud.client("s3")

            small = self.get("kept/small")
            self.assertEqual((small["Body"].read(), small["Metadata"]), (b"small", {"a": "1"}))
            self.assertEqual(self.body("kept/large"), bytes(3 * MEGABYTE))


class ListingTest(BucketTest):
    BUCKET = "listed"
    KEYS = ["a/1", "a/2", "a/b/3", "c", "d/4", "z"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for key in cls.KEYS:
            cls.cloud.client("s3").put_object(Bucket=cls.BUCKET, Key=key, Body=b"x")

    def test_pages_hold_every_key_once(self):
        for operation in ("list_objects", "list_objects_v2"):
            for size in (1, 2, 5, 6):
                with self.subTest(operation=operation, size=size):
                    pages = list(self.s3.get_paginator(operation).paginate(Bucket=self.BUCKET, PaginationConfig={"PageSize": size}))

                    self.assertEqual([one["Key"] for page in pages for one in page["Contents"]], self.KEYS)
                    self.assertEqual(len(pages), -(-len(self.KEYS) // size))

    def test_a_delimiter_folds_what_is_below_it(self):
        for operation in ("list_objects", "list_objects_v2"):
            pages = self.s3.get_paginator(operation).paginate(Bucket=self.BUCKET, Delimiter="/", PaginationConfig={"PageSize": 1})
            both = pages.build_full_result()

            self.assertEqual([one["Prefix"] for one in both["CommonPrefixes"]], ["a/", "d/"])
            self.assertEqual([one["Key"] for one in both["Contents"]], ["c", "z"])

    def test_a_prefix_and_a_start(self):
        below = self.s3.list_objects_v2(Bucket=self.BUCKET, Prefix="a/", Delimiter="/")
        after = self.s3.list_objects_v2(Bucket=self.BUCKET, StartAfter="c")

        self.assertEqual(([one["Key"] for one in below["Contents"]], below["CommonPrefixes"]), (["a/1", "a/2"], [{"Prefix": "a/b/"}]))
        self.assertEqual([one["Key"] for one in after["Contents"]], ["d/4", "z"])

    def test_a_foreign_token_is_refused(self):
        self.refused("InvalidArgument", self.s3.list_objects_v2, Bucket=self.BUCKET, ContinuationToken="nonsense")


class VersionsTest(BucketTest):
    BUCKET = "versioned"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cloud.client("s3").put_bucket_versioning(Bucket=cls.BUCKET, VersioningConfiguration={"Status": "Enabled"})

    def test_older_versions_stay_readable(self):
        first = self.put("doc", b"1")["VersionId"]
        second = self.put("doc", b"2")["VersionId"]

        self.assertEqual((self.body("doc"), self.body("doc", VersionId=first)), (b"2", b"1"))
        self.assertEqual(self.get("doc")["VersionId"], second)
        self.refused("InvalidArgument", self.get, key="doc", VersionId="x" * 32)

    def test_a_delete_marker_hides_and_its_removal_shows_again(self):
        self.put("hidden", b"1")
        marker = self.s3.delete_object(Bucket=self.BUCKET, Key="hidden")
        hidden = self.refusal(self.get, "hidden")
        self.s3.delete_object(Bucket=self.BUCKET, Key="hidden", VersionId=marker["VersionId"])

        self.assertTrue(marker["DeleteMarker"])
        self.assertEqual(hidden["Error"]["Code"], "NoSuchKey")
        self.assertEqual(self.body("hidden"), b"1")

    def test_pages_of_versions_newest_first(self):
        made = [self.put("history", str(i).encode())["VersionId"] for i in range(4)]
        self.s3.delete_object(Bucket=self.BUCKET, Key="history")

        both = self.s3.get_paginator("list_object_versions").paginate(
            Bucket=self.BUCKET, Prefix="history", PaginationConfig={"PageSize": 2}).build_full_result()

        self.assertEqual([one["VersionId"] for one in both["Versions"]], made[::-1])
        self.assertEqual([one["IsLatest"] for one in both["DeleteMarkers"]], [True])
        self.assertFalse(any(one["IsLatest"] for one in both["Versions"]))


class PartsTest(BucketTest):
    BUCKET = "parted"

    def test_boto3_sends_large_bodies_in_parts(self):
        data = bytes(range(256)) * (MEGABYTE // 256) * 17
        self.s3.upload_fileobj(io.BytesIO(data), self.BUCKET, "large", ExtraArgs={"Metadata": {"a": "1"}},
                               Config=TransferConfig(multipart_threshold=5 * MEGABYTE, multipart_chunksize=5 * MEGABYTE))
        back = io.BytesIO()
        self.s3.download_fileobj(self.BUCKET, "large", back)
        head = self.s3.head_object(Bucket=self.BUCKET, Key="large")

        self.assertEqual(back.getvalue(), data)
        self.assertTrue(head["ETag"].endswith('-4"'), head["ETag"])
        self.assertEqual(head["Metadata"], {"a": "1"})
        self.assertEqual(self.get("large", PartNumber=4)["ContentLength"], 2 * MEGABYTE)

    def begin(self, key):
        upload = self.s3.create_multipart_upload(Bucket=self.BUCKET, Key=key)["UploadId"]
        return {"Bucket": self.BUCKET, "Key": key, "UploadId": upload}

    def test_parts_are_listed_in_pages_and_survive_kill_9(self):
        upload = self.begin("slow")
        tags = {n: self.s3.upload_part(**upload, PartNumber=n, Body=bytes([n]) * (5 * MEGABYTE if n < 3 else 1))["ETag"] for n in (3, 1, 2)}
        self.cloud.restart("kill")
        self.s3 = self.cloud.client("s3")

        pages = self.s3.get_paginator("list_parts").paginate(**upload, PaginationConfig={"PageSize": 1})
        parts = [{"PartNumber": one["PartNumber"], "ETag": one["ETag"]} for page in pages for one in page["Parts"]]
        uploads = self.s3.get_paginator("list_multipart_uploads").paginate(Bucket=self.BUCKET).build_full_result()["Uploads"]
        self.s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})

        self.assertEqual({one["PartNumber"]: one["ETag"] for one in parts}, tags)
        self.assertEqual([one["Key"] for one in uploads], ["slow"])
        self.assertEqual(self.body("slow", Range=f"bytes={10 * MEGABYTE - 1}-"), b"\2\3")

    def test_a_part_may_be_a_copy(self):
        self.put("source", b"s" * (5 * MEGABYTE))
        upload = self.begin("from-copy")
        copied = self.s3.upload_part_copy(**upload, PartNumber=1, CopySource={"Bucket": self.BUCKET, "Key": "source"})
        self.s3.complete_multipart_upload(
            **upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": copied["CopyPartResult"]["ETag"]}]})

        self.assertEqual(self.s3.head_object(Bucket=self.BUCKET, Key="from-copy")["ContentLength"], 5 * MEGABYTE)

    def test_wrong_parts_are_refused_and_an_upload_can_be_given_up(self):
        upload = self.begin("wrong")
        tag = self.s3.upload_part(**upload, PartNumber=1, Body=b"small")["ETag"]
        last = self.s3.upload_part(**upload, PartNumber=2, Body=b"last")["ETag"]
        complete = self.s3.complete_multipart_upload

        def parts(*pairs):
            return {"Parts": [{"PartNumber": number, "ETag": etag} for number, etag in pairs]}

        self.refused("InvalidPart", complete, **upload, MultipartUpload=parts((1, '"0123"')))
        self.refused("InvalidPartOrder", complete, **upload, MultipartUpload=parts((2, last), (1, tag)))
        self.refused("EntityTooSmall", complete, **upload, MultipartUpload=parts((1, tag), (2, last)))
        self.s3.abort_multipart_upload(**upload)
        self.refused("NoSuchUpload", self.s3.list_parts, **upload)
