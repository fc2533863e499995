// What tests of S3 say: buckets, objects and their bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/objects.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {

class S3Test : public CloudTest {
 protected:
  void MakeBucket(std::string_view name = "acme") {
    Do("s3", "CreateBucket",
       {{"Bucket", name},
        {"CreateBucketConfiguration", json::Object{{"LocationConstraint", region()}}}});
  }
  void Version(std::string_view status = "Enabled") {
    Do("s3", "PutBucketVersioning",
       With({{"VersioningConfiguration", json::Object{{"Status", status}}}}));
  }

  // The input of an operation on the bucket "acme".
  static json::Object With(const json::Object& more) {
    json::Object input{{"Bucket", "acme"}};
    for (const json::Member& member : more) input.Set(member.key, member.value);
    return input;
  }
  static json::Object OfKey(std::string_view key, const json::Object& more = {}) {
    json::Object input = With(more);
    input.Set("Key", key);
    return input;
  }

  json::Object Put(std::string_view key, std::string_view body, const json::Object& more = {}) {
    json::Object input = OfKey(key, more);
    input.Set("Body", body);
    return Do("s3", "PutObject", input);
  }
  // Puts and answers the version's id.
  std::string PutVersion(std::string_view key, std::string_view body) {
    return std::string(Put(key, body).GetString("VersionId"));
  }

  // The bytes that a GetObject would send.
  std::string Read(std::string_view key, const json::Object& more = {}) {
    const Answered answer = Ask("s3", "GetObject", OfKey(key, more));
    EXPECT_THAT(answer, Succeeds());
    return BytesOf(answer.response);
  }
  static std::string BytesOf(const net::Response& response) {
    if (!response.file) return response.body;
    const std::string all = trunkline::tests::ReadFileOrDie(response.file->path);
    return all.substr(response.file->offset, response.file->length);
  }

  static std::vector<std::string> Texts(const json::Object& answer, std::string_view list,
                                        std::string_view key) {
    std::vector<std::string> texts;
    for (const json::Value& item : answer.GetArray(list))
      texts.emplace_back(item.AsObject().GetString(key));
    return texts;
  }
  static std::vector<std::string> Keys(const json::Object& answer) {
    return Texts(answer, "Contents", "Key");
  }
};

}  // namespace trunkline::cloud::tests
