// What the protocol cases and the round trips do not say: messages, refusals, forms of errors,
// leniency.
#include "aws/codec.h"

#include <gmock/gmock.h>

#include "aws/xml.h"
#include "tests/aws/all_models.h"

namespace trunkline::aws {
namespace {

class Codec : public testing::Test {
 protected:
  const Model& model(const char* service) { return *AllModels().Find(service); }

  std::string EncodeProblem(const char* service, const char* operation, const json::Object& input) {
    const Model& table = model(service);
    const auto request = EncodeRequest(table, *table.FindOperation(operation), input);
    return request ? "" : request.error().message();
  }

  Result<json::Object> Decode(const char* service, const char* operation, net::Request request) {
    const Model& table = model(service);
    return DecodeRequest(table, *table.FindOperation(operation), request);
  }
};

TEST_F(Codec, NamesTheNearestMemberOfAnUnknownOne) {
  EXPECT_EQ(EncodeProblem("connect", "DescribeQueue", {{"InstanceId", "i"}, {"QueueID", "q"}}),
            "DescribeQueue has no member 'QueueID', did you mean 'QueueId'?");
  EXPECT_EQ(EncodeProblem("sts", "GetCallerIdentity", {{"Nothing", 1}}),
            "GetCallerIdentity has no member 'Nothing'");
}

TEST_F(Codec, SaysWhatAnInputLacksOrHasWrong) {
  EXPECT_EQ(EncodeProblem("connect", "DescribeQueue", {{"InstanceId", "i"}}),
            "DescribeQueue needs member 'QueueId'");
  EXPECT_EQ(EncodeProblem("connect", "DescribeQueue", {{"InstanceId", "i"}, {"QueueId", ""}}),
            "expected a text in member 'QueueId' of DescribeQueue but it is empty");
  EXPECT_EQ(
      EncodeProblem("connect", "ListQueues", {{"InstanceId", "i"}, {"QueueTypes", json::Array{1}}}),
      "expected a string at member 'QueueTypes[0]' of ListQueues but got a number");
  EXPECT_EQ(EncodeProblem("connect", "CreateEvaluationForm", {}),
            "operation 'CreateEvaluationForm' of 'connect' cannot be called: only its name is "
            "known here");
}

TEST_F(Codec, ReadsANullAsAbsentAndDropsWhatItDoesNotKnow) {
  const auto input = Decode("connect", "CreateQueue",
                            {.method = "PUT",
                             .target = "/queues/i",
                             .body = R"({"Name":"q","Description":null,"New":1})"});

  EXPECT_EQ(*input, (json::Object{{"InstanceId", "i"}, {"Name", "q"}}));
}

TEST_F(Codec, DecodesALabelOnce) {
  const auto input =
      Decode("connect", "ListTagsForResource", {.target = "/tags/arn%3Aaws%3Ax%252Fy%2Fz"});

  EXPECT_EQ(input->GetString("resourceArn"), "arn:aws:x%2Fy/z");
}

struct Unreadable {
  const char* service;
  const char* operation;
  net::Request request;
  const char* text;
  const char* code;
};

class CodecRefuses : public Codec, public testing::WithParamInterface<Unreadable> {};

TEST_P(CodecRefuses, WhatTheProtocolDoesNotSay) {
  const auto input = Decode(GetParam().service, GetParam().operation, GetParam().request);

  ASSERT_FALSE(input);
  EXPECT_EQ(input.error().ToText(), GetParam().text);
  EXPECT_EQ(input.error().code(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    All, CodecRefuses,
    testing::Values(
        Unreadable{"connect",
                   "CreateQueue",
                   {.target = "/queues/i", .body = "{\"Name\":"},
                   "error: expected a JSON value but got the end of the text, at line 1 column 9",
                   "SerializationException"},
        Unreadable{"connect",
                   "CreateQueue",
                   {.target = "/queues/i", .body = "{\"Name\":5}"},
                   "error: expected a string but got a number\n  while reading member 'Name'",
                   "SerializationException"},
        Unreadable{"connect",
                   "CreateQueue",
                   {.target = "/queues/i", .body = "[]"},
                   "error: expected an object but got an array",
                   "SerializationException"},
        Unreadable{"connect",
                   "ListQueues",
                   {.target = "/queues-summary/i?maxResults=ten"},
                   "error: expected a whole number but got 'ten'\n  while reading query parameter "
                   "'maxResults'",
                   "SerializationException"},
        Unreadable{"iam",
                   "ListRoles",
                   {.method = "POST", .body = "Action=ListRoles&MaxItems=x"},
                   "error: expected a whole number but got 'x'\n  while reading member 'MaxItems'",
                   "SerializationException"},
        Unreadable{"lambda",
                   "CreateFunction",
                   {.target = "/2015-03-31/functions", .body = R"({"Code":{"ZipFile":"%%"}})"},
                   "error: expected base64 but got '%%'\n  while reading member 'ZipFile'\n  while "
                   "reading member 'Code'",
                   "SerializationException"},
        Unreadable{"s3",
                   "PutBucketTagging",
                   {.target = "/b?tagging", .body = "<Tagging>"},
                   "error: expected an XML document but got: no element found, at line 1",
                   "MalformedXML"}));

TEST_F(Codec, AnswersWithoutABodyWhereTheModelSays204) {
  const Model& s3 = model("s3");

  const net::Response response = EncodeResponse(s3, *s3.FindOperation("DeleteBucket"), {}, "id");

  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_FALSE(response.headers.Has("Content-Type"));
}

TEST_F(Codec, LeavesOutMembersOfAStoredBodyThatTheOutputDoesNotKnow) {
  const Model& connect = model("connect");

  const net::Response response =
      EncodeResponse(connect, *connect.FindOperation("CreateInstance"),
                     {{"Id", "i"}, {"Arn", nullptr}, {"Internal", "x"}}, "id");

  EXPECT_EQ(response.body, R"({"Id":"i"})");
  EXPECT_EQ(response.headers.Get("x-amzn-RequestId"), "id");
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/json");
}

TEST_F(Codec, AnAnswerOfTheWrongTypeIsABug) {
  const Model& connect = model("connect");

  EXPECT_THROW(
      (void)EncodeResponse(connect, *connect.FindOperation("CreateInstance"), {{"Id", 5}}, "id"),
      std::logic_error);
}

TEST_F(Codec, WritesTimesAsNumbersInJson) {
  const Model& ssm = model("ssm");

  const net::Response response = EncodeResponse(
      ssm, *ssm.FindOperation("GetParameter"),
      {{"Parameter", json::Object{{"LastModifiedDate", json::Number{"1700000000.125"}}}}}, "id");

  EXPECT_EQ(response.body, R"({"Parameter":{"LastModifiedDate":1700000000.125}})");
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/x-amz-json-1.1");
}

TEST_F(Codec, WritesTheLocationOfABucketAsTheRootItself) {
  const Model& s3 = model("s3");
  const OperationRow& row = *s3.FindOperation("GetBucketLocation");

  const net::Response response =
      EncodeResponse(s3, row, {{"LocationConstraint", "eu-west-1"}}, "id");

  EXPECT_EQ(response.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<LocationConstraint "
            "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">eu-west-1</LocationConstraint>");
  EXPECT_EQ(DecodeResponse(s3, row, response)->GetString("LocationConstraint"), "eu-west-1");
}

TEST_F(Codec, WritesQueryAnswersWithTheirWrappers) {
  const Model& sts = model("sts");

  const net::Response response = EncodeResponse(sts, *sts.FindOperation("GetCallerIdentity"),
                                                {{"Account", "123456789012"}}, "id-1");

  EXPECT_EQ(response.body,
            "<GetCallerIdentityResponse "
            "xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
            "<Account>123456789012</Account></"
            "GetCallerIdentityResult><ResponseMetadata><RequestId>id-1</RequestId>"
            "</ResponseMetadata></GetCallerIdentityResponse>");
}

// ---- errors

TEST_F(Codec, WritesTheErrorsOfRestJson) {
  const json::Array problems{json::Object{{"message", "no such action"}}};

  const net::Response response = EncodeError(model("connect"),
                                             {.code = "InvalidContactFlowException",
                                              .message = "bad",
                                              .members = {{"problems", problems}}},
                                             "id");

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.headers.Get("x-amzn-ErrorType"), "InvalidContactFlowException");
  EXPECT_EQ(response.body, R"({"message":"bad","problems":[{"message":"no such action"}]})");
}

TEST_F(Codec, SpellsTheMessageAsTheErrorsShapeDoes) {
  const net::Response response =
      EncodeError(model("connect"), {.code = "ResourceNotFoundException", .message = "no"}, "id");

  EXPECT_EQ(response.body, R"({"Message":"no"})");
}

TEST_F(Codec, WritesTheErrorsOfJson) {
  const net::Response response =
      EncodeError(model("ssm"), {.code = "ParameterNotFound", .message = "no"}, "id");

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body, R"({"__type":"ParameterNotFound","message":"no"})");
}

TEST_F(Codec, WritesTheErrorsOfQueryWithTheirWireCode) {
  const net::Response response =
      EncodeError(model("iam"), {.code = "NoSuchEntityException", .message = "no"}, "id-1");

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body,
            "<ErrorResponse "
            "xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>Sender</Type>"
            "<Code>NoSuchEntity</Code><Message>no</Message></Error><RequestId>id-1</RequestId></"
            "ErrorResponse>");
}

TEST_F(Codec, WritesTheErrorsOfS3WithTheirMembers) {
  const net::Response response = EncodeError(
      model("s3"), {.code = "NoSuchKey", .message = "no", .members = {{"Key", "a&b"}}}, "id-1");

  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body,
            "<?xml version=\"1.0\" "
            "encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>no</Message>"
            "<Key>a&amp;b</Key><RequestId>id-1</RequestId><HostId>aWQtMQ==</HostId></Error>");
  EXPECT_EQ(response.headers.Get("x-amz-request-id"), "id-1");
}

TEST_F(Codec, WritesNoBodyForTheErrorOfAHead) {
  const net::Response response =
      EncodeError(model("s3"), {.code = "NoSuchKey", .message = "no", .head = true}, "id");

  EXPECT_EQ(response.body, "");
  EXPECT_EQ(DecodeError(model("s3"), response).code(), "404");
  EXPECT_EQ(DecodeError(model("s3"), response).kind(), ErrorKind::kNotFound);
}

TEST_F(Codec, WritesACodeWithoutARowAsItIs) {
  const net::Response response = EncodeError(
      model("ssm"), {.code = "UnrecognizedClientException", .message = "who", .status = 403}, "id");

  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(response.headers.Get("x-amzn-ErrorType"), "UnrecognizedClientException");
}

struct Kinds {
  int status;
  const char* code;
  ErrorKind kind;
};

class ErrorKinds : public Codec, public testing::WithParamInterface<Kinds> {};

TEST_P(ErrorKinds, FollowFromCodeAndStatus) {
  net::Response response{.status = GetParam().status};
  response.headers.Set("x-amzn-ErrorType", GetParam().code);

  EXPECT_EQ(DecodeError(model("connect"), response).kind(), GetParam().kind);
}

INSTANTIATE_TEST_SUITE_P(
    All, ErrorKinds,
    testing::Values(Kinds{400, "ThrottlingException", ErrorKind::kThrottled},
                    Kinds{429, "LimitExceededException", ErrorKind::kThrottled},
                    Kinds{400, "ResourceNotFoundException", ErrorKind::kNotFound},
                    Kinds{410, "ContactNotFoundException", ErrorKind::kNotFound},
                    Kinds{409, "DuplicateResourceException", ErrorKind::kConflict},
                    Kinds{400, "ResourceInUseException", ErrorKind::kConflict},
                    Kinds{412, "PreconditionFailedException", ErrorKind::kConflict},
                    Kinds{403, "AccessDeniedException", ErrorKind::kDenied},
                    Kinds{400, "ExpiredTokenException", ErrorKind::kDenied},
                    Kinds{400, "InvalidParameterException", ErrorKind::kInvalid},
                    Kinds{503, "", ErrorKind::kUnreached}));

TEST_F(Codec, SaysWhatAnAnswerWithoutAMessageWas) {
  const net::Response response{.status = 502, .body = "<html>Bad Gateway</html>"};

  const Error error = DecodeError(model("connect"), response);

  EXPECT_EQ(error.message(), "connect answered with 502 and no message");
  EXPECT_EQ(error.code(), "502");
}

TEST_F(Codec, TakesAnErrorThatCameWith200ForAnError) {
  const Model& s3 = model("s3");
  const net::Response response{
      .status = 200, .body = "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code></Error>"};

  const auto output = DecodeResponse(s3, *s3.FindOperation("CompleteMultipartUpload"), response);

  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().code(), "InternalError");
}

// ---- XML

TEST(Xml, KnowsNoDocumentTypesAndSoNoEntities) {
  const auto root = ReadXml("<!DOCTYPE a [<!ENTITY x \"xxxx\">]><a>&x;</a>");

  ASSERT_FALSE(root);
  EXPECT_THAT(root.error().message(), testing::HasSubstr("expected no document type"));
}

TEST(Xml, BoundsItsDepth) {
  std::string text;
  for (int i = 0; i < 101; ++i) text += "<a>";

  EXPECT_THAT(ReadXml(text).error().message(),
              testing::HasSubstr("expected at most 100 nested elements"));
}

}  // namespace
}  // namespace trunkline::aws
