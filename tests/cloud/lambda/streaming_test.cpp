// Functions that stream their answers.
#include "base/zip.h"
#include "cloud/services/lambda/event_stream.h"
#include "tests/cloud/execute_api/api_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Streaming : public ApiTest {
 protected:
  // A Node.js function of these lines; its URL's id.
  std::string MakeNode(std::string_view lines, std::string_view mode = "RESPONSE_STREAM") {
    json::Object input = FunctionInput();
    input.Set("Runtime", "nodejs18.x");
    input.Set("Handler", "index.handler");
    input.Set("Code", json::Object{{"ZipFile", CodeOf(lines)}});
    DoLambda("CreateFunction", std::move(input));
    Settle();
    DoLambda("AddPermission", {{"StatementId", "anybody"},
                               {"Action", "lambda:InvokeFunctionUrl"},
                               {"Principal", "*"},
                               {"FunctionUrlAuthType", "NONE"}});
    const json::Object url =
        DoLambda("CreateFunctionUrlConfig", {{"AuthType", "NONE"}, {"InvokeMode", mode}});
    const std::string whole(url.GetString("FunctionUrl"));
    return whole.substr(whole.find("/_aws/lambda-url/") + 17, 32);
  }
  static std::string CodeOf(std::string_view lines) {
    return WriteZip({{.name = "index.mjs", .bytes = std::string(lines)}}).value();
  }
  net::Response Get(std::string_view id) {
    return FetchFrom("127.0.0.1:4566", fmt::format("/_aws/lambda-url/{}/", id));
  }
};

TEST_F(Streaming, AHandlerWritesStatusHeadersAndBody) {
  const std::string id = MakeNode(R"(
export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
  stream = awslambda.HttpResponseStream.from(stream, {
    statusCode: 201, headers: { "Content-Type": "text/html", "X-Path": event.rawPath }, cookies: ["a=1"] });
  stream.write("<p>one</p>");
  await new Promise((resolve) => setTimeout(resolve, 5));
  stream.write("<p>two</p>");
  stream.end();
});)");

  const net::Response response = Get(id);

  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.headers.Get("Content-Type"), "text/html");
  EXPECT_EQ(response.headers.Get("X-Path"), "/");
  EXPECT_EQ(response.headers.Get("Set-Cookie"), "a=1");
  EXPECT_EQ(response.body, "<p>one</p><p>two</p>");
}

TEST_F(Streaming, AStreamHasItsOwnType) {
  const std::string id = MakeNode(R"(
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.setContentType("text/plain");
  stream.end("plain");
});)");

  const net::Response response = Get(id);

  EXPECT_EQ(response.headers.Get("Content-Type"), "text/plain");
  EXPECT_EQ(response.body, "plain");
}

TEST_F(Streaming, AnInvocationIsToldAsEvents) {
  MakeNode(R"(
export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.end("ab"); });)");

  const json::Object answer = DoLambda("InvokeWithResponseStream", {{"Payload", "{}"}});
  const std::string stream(answer.GetString("EventStream"));

  EXPECT_THAT(stream,
              StartsWith(lambda::EventFrame("PayloadChunk", "application/octet-stream", "ab")));
  EXPECT_THAT(stream, HasSubstr("InvokeComplete"));
  EXPECT_EQ(answer.GetString("ExecutedVersion"), "$LATEST");
}

TEST_F(Streaming, AnErrorBeforeTheFirstByteIsTheFunctions) {
  const std::string id = MakeNode(R"(
export const handler = awslambda.streamifyResponse(async () => { throw new Error("no"); });)");

  EXPECT_EQ(Get(id).status, 502);
  EXPECT_THAT(
      std::string(
          DoLambda("InvokeWithResponseStream", {{"Payload", "{}"}}).GetString("EventStream")),
      HasSubstr("Unhandled"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
