// APIs whose integrations are other services.
#include "base/json_write.h"
#include "tests/cloud/execute_api/rest_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class ServiceIntegrations : public RestTest {
 protected:
  ServiceIntegrations() {
    Do("iam", "CreateRole",
       {{"RoleName", "gateway"},
        {"AssumeRolePolicyDocument",
         R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"sts:AssumeRole"}]})"}});
  }
  std::string GatewayRole() const { return "arn:aws:iam::" + account() + ":role/gateway"; }
  std::string Uri(std::string_view rest) const {
    return fmt::format("arn:aws:apigateway:{}:{}", region(), rest);
  }
  // A method that calls a service; what it answers is handed on.
  void PutService(std::string_view path, std::string_view method, std::string_view uri,
                  json::Object more = {}) {
    json::Object integration{{"type", "AWS"},
                             {"uri", Uri(uri)},
                             {"integrationHttpMethod", "POST"},
                             {"credentials", GatewayRole()}};
    for (const json::Member& member : more) integration.Set(member.key, member.value);
    PutMethod(path, method, std::move(integration));
    json::Object response = At(path, method);
    response.Set("statusCode", "200");
    V1("PutMethodResponse", response);
    V1("PutIntegrationResponse", response);
  }
  std::string MakeQueue() {
    return std::string(Do("sqs", "CreateQueue", {{"QueueName", "orders"}}).GetString("QueueUrl"));
  }
  json::Object Received(const std::string& queue) {
    const json::Object got =
        Do("sqs", "ReceiveMessage",
           {{"QueueUrl", queue}, {"MessageAttributeNames", json::Array{"All"}}});
    const json::Array& messages = got.GetArray("Messages");
    return messages.empty() ? json::Object() : messages[0].AsObject();
  }
  json::Object QueueForm(std::string_view text) {
    return {{"requestParameters", json::Object{{"integration.request.header.Content-Type",
                                                "'application/x-www-form-urlencoded'"}}},
            {"requestTemplates", json::Object{{"application/json", text}}},
            {"passthroughBehavior", "NEVER"}};
  }
};

TEST_F(ServiceIntegrations, AFormIsSentToTheQueueOfThePath) {
  const std::string queue = MakeQueue();
  MakeRest();
  PutService("/orders", "POST", fmt::format("sqs:path/{}/orders", account()),
             QueueForm("Action=SendMessage&MessageBody=$util.urlEncode($input.body)&"
                       "MessageAttributes.1.Name=who&MessageAttributes.1.Value.DataType=String&"
                       "MessageAttributes.1.Value.StringValue=$input.params('X-Who')"));
  Deploy();

  const net::Response response =
      Get("/prod/orders", {.method = "POST", .headers = {{"X-Who", "ada"}}, .body = R"({"n": 1})"});
  const json::Object answer = Parsed(response).GetObject("SendMessageResponse");
  const json::Object message = Received(queue);

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(answer.GetObject("SendMessageResult").GetString("MessageId"),
            message.GetString("MessageId"));
  EXPECT_FALSE(answer.GetObject("ResponseMetadata").GetString("RequestId").empty());
  EXPECT_EQ(message.GetString("Body"), R"({"n": 1})");
  EXPECT_EQ(message.GetObject("MessageAttributes").GetObject("who").GetString("StringValue"),
            "ada");
  EXPECT_TRUE(response.headers.Has("X-Amzn-Trace-Id"));
}

TEST_F(ServiceIntegrations, AQueueAnswersInXmlWhereThatIsAccepted) {
  MakeQueue();
  MakeRest();
  json::Object form = QueueForm("Action=SendMessage&MessageBody=a");
  json::Object parameters = form.GetObject("requestParameters");
  parameters.Set("integration.request.header.Accept", "'application/xml'");
  form.Set("requestParameters", std::move(parameters));
  PutService("/", "POST", fmt::format("sqs:path/{}/orders", account()), std::move(form));
  Deploy();

  EXPECT_THAT(Get("/prod/", {.method = "POST", .body = "{}"}).body, HasSubstr("<MessageId>"));
}

TEST_F(ServiceIntegrations, ParametersInTheQueryAreAnActionsInput) {
  Do("ssm", "PutParameter", {{"Name", "greeting"}, {"Value", "hi"}, {"Type", "String"}});
  MakeRest();
  PutService("/", "GET", "ssm:action/GetParameter",
             {{"requestParameters",
               json::Object{{"integration.request.querystring.Name", "'greeting'"}}}});
  Deploy();

  const json::Object answer =
      Parsed(Get("/prod/")).GetObject("GetParameterResponse").GetObject("GetParameterResult");

  EXPECT_EQ(answer.GetObject("Parameter").GetString("Value"), "hi");
  EXPECT_TRUE(answer.GetObject("Parameter").At("Selector").IsNull());
}

TEST_F(ServiceIntegrations, ATemplateIsAnActionsInput) {
  MakeRest();
  PutService(
      "/", "POST", "events:action/PutEvents",
      {{"requestTemplates",
        json::Object{{"application/json",
                      R"_(#set($context.requestOverride.header.X-Amz-Target = "AWSEvents.PutEvents")
{"Entries": [{"Detail": "$util.escapeJavaScript($input.json('$.detail'))", "DetailType": "t", "Source": "s"}]})_"}}}});
  Deploy();

  const json::Object answer =
      Parsed(Get("/prod/", {.method = "POST", .body = R"({"detail": {"a": 1}})"}));

  EXPECT_EQ(answer.GetInt("FailedEntryCount", -1), 0);
  EXPECT_FALSE(answer.GetArray("Entries")[0].AsObject().GetString("EventId").empty());
}

TEST_F(ServiceIntegrations, ObjectsOfABucketAreItsPaths) {
  Do("s3", "CreateBucket",
     {{"Bucket", "shelf"},
      {"CreateBucketConfiguration", json::Object{{"LocationConstraint", region()}}}});
  MakeRest();
  PutService("/{key+}", "ANY", "s3:path/shelf/{key}",
             {{"integrationHttpMethod", "ANY"},
              {"requestParameters",
               json::Object{{"integration.request.path.key", "method.request.path.key"}}}});
  Deploy();

  const net::Response put = Get("/prod/a/b.json", {.method = "PUT", .body = R"({"n": 2})"});
  const net::Response got = Get("/prod/a/b.json");
  Get("/prod/a/b.json", {.method = "DELETE"});
  const net::Response gone = Get("/prod/a/b.json");

  EXPECT_EQ(put.status, 200);
  EXPECT_EQ(got.body, R"({"n": 2})");
  // There is but one response, whatever S3 answers.
  EXPECT_EQ(gone.status, 200);
  EXPECT_THAT(gone.body, HasSubstr("<Code>NoSuchKey</Code>"));
}

TEST_F(ServiceIntegrations, AServicesErrorChoosesAResponse) {
  MakeRest();
  PutService("/", "POST", "secretsmanager:action/GetSecretValue",
             {{"requestTemplates", json::Object{{"application/json", R"({"SecretId": "none"})"}}}});
  json::Object response = At("/", "POST");
  response.Set("statusCode", "404");
  response.Set("selectionPattern", "4\\d{2}");
  V1("PutIntegrationResponse", response);
  Deploy();

  const net::Response missing = Get("/prod/", {.method = "POST", .body = "{}"});

  EXPECT_EQ(missing.status, 404);
  EXPECT_THAT(missing.body, HasSubstr("ResourceNotFoundException"));
}

TEST_F(ServiceIntegrations, TheRoleMustTrustApiGateway) {
  MakeRest();
  PutService("/", "POST", "ssm:action/DescribeParameters", {{"credentials", RoleArn()}});
  Deploy();

  EXPECT_EQ(Get("/prod/", {.method = "POST", .body = "{}"}).status, 500);
}

TEST_F(ServiceIntegrations, HeadersOfTheSignatureAreNotSet) {
  MakeRest();
  PutService(
      "/", "POST", "ssm:action/DescribeParameters",
      {{"requestParameters", json::Object{{"integration.request.header.Authorization", "'me'"}}}});
  Deploy();

  EXPECT_EQ(Get("/prod/", {.method = "POST", .body = "{}"}).body,
            R"({"message":"Internal server error"})");
}

// ---- HTTP APIs

class Subtypes : public ServiceIntegrations {
 protected:
  void MakeAction(std::string_view subtype, json::Object parameters) {
    api_ = MakeApi();
    const std::string integration =
        AddIntegration(api_, {{"IntegrationType", "AWS_PROXY"},
                              {"IntegrationSubtype", subtype},
                              {"PayloadFormatVersion", "1.0"},
                              {"CredentialsArn", GatewayRole()},
                              {"RequestParameters", std::move(parameters)}});
    AddRoute(api_, "POST /", integration);
    V2("CreateStage", {{"ApiId", api_}, {"StageName", "$default"}, {"AutoDeploy", true}});
  }
  net::Response Post(std::string body) {
    return Fetch(api_, "/",
                 {.method = "POST",
                  .headers = {{"Content-Type", "application/json"}},
                  .body = std::move(body)});
  }
  std::string api_;
};

TEST_F(Subtypes, AMessageIsMadeOfTheRequest) {
  const std::string queue = MakeQueue();
  MakeAction("SQS-SendMessage",
             {{"QueueUrl", queue}, {"MessageBody", "$request.body.text"}, {"DelaySeconds", "0"}});

  const net::Response response = Post(R"({"text": "hello"})");

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body, HasSubstr("<SendMessageResponse"));
  EXPECT_EQ(Received(queue).GetString("Body"), "hello");
}

TEST_F(Subtypes, AnEventIsMadeOfTheRequest) {
  MakeAction("EventBridge-PutEvents", {{"Detail", "$request.body"},
                                       {"DetailType", "order"},
                                       {"Source", "$request.header.content-type"}});

  EXPECT_EQ(Parsed(Post(R"({"n": 1})")).GetInt("FailedEntryCount", -1), 0);
}

TEST_F(Subtypes, AnExecutionIsStarted) {
  MakeAction("StepFunctions-StartExecution",
             {{"StateMachineArn", "$request.body.machine"}, {"Input", "$request.body.input"}});

  const net::Response response =
      Post(R"({"machine": "arn:aws:states:eu-central-1:111122223333:stateMachine:none"})");

  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("StateMachineDoesNotExist"));
}

TEST_F(Subtypes, NameWhatTheyNeed) {
  const std::string api = MakeApi();
  json::Object integration{{"ApiId", api},
                           {"IntegrationType", "AWS_PROXY"},
                           {"IntegrationSubtype", "SQS-PurgeQueue"},
                           {"PayloadFormatVersion", "1.0"},
                           {"CredentialsArn", GatewayRole()}};

  EXPECT_THAT(Ask("apigatewayv2", "CreateIntegration", integration),
              Fails(400, "BadRequestException", HasSubstr("requires the parameter QueueUrl")));
  integration.Set("IntegrationSubtype", "Kinesis-PutRecord");
  EXPECT_THAT(Ask("apigatewayv2", "CreateIntegration", integration),
              Fails(400, "BadRequestException", HasSubstr("not implemented")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
