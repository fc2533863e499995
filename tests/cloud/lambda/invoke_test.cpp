// Invocations, which run real processes.
#include <gmock/gmock.h>

#include "base/hash.h"
#include "base/zip.h"
#include "tests/cloud/lambda/lambda_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class LambdaInvoke : public LambdaTest {
 protected:
  // What the function wrote to its log, line by line.
  std::vector<std::string> Log() {
    const Answered answered =
        Ask("logs", "FilterLogEvents", {{"logGroupName", "/aws/lambda/greet"}});
    std::vector<std::string> lines;
    for (const json::Value& event : answered.output.GetArray("events"))
      lines.emplace_back(event.AsObject().GetString("message"));
    return lines;
  }
};

TEST_F(LambdaInvoke, AnswersWithWhatTheHandlerReturns) {
  MakeFunction(R"(return {"hello": event["who"]})");

  const Answered answered = Invoke({{"Payload", R"({"who":"Ada"})"}});

  EXPECT_EQ(answered.status, 200);
  EXPECT_EQ(Payload(answered), R"({"hello": "Ada"})");
  EXPECT_EQ(answered.output.GetString("ExecutedVersion"), "$LATEST");
  EXPECT_FALSE(answered.output.Has("FunctionError"));
}

TEST_F(LambdaInvoke, TakesNoPayloadAsAnEmptyObject) {
  MakeFunction("return event");

  EXPECT_EQ(Payload(Invoke()), "{}");
}

TEST_F(LambdaInvoke, KeepsTheProcessWarm) {
  MakeFunction("handler.count = getattr(handler, 'count', 0) + 1; return handler.count");

  EXPECT_EQ(Payload(Invoke()), "1");
  EXPECT_EQ(Payload(Invoke()), "2");
  UpdateCode("handler.count = getattr(handler, 'count', 10) + 1; return handler.count");
  EXPECT_EQ(Payload(Invoke()), "11") << "new code runs in a new process";
}

TEST_F(LambdaInvoke, RunsTheVersionThatTheAliasStandsFor) {
  MakeFunction("return [1, context.function_version]");
  DoLambda("CreateAlias", {{"Name", "live"}, {"FunctionVersion", Publish()}});
  UpdateCode("return [2, context.function_version]");

  const Answered live = Invoke({{"Qualifier", "live"}});

  EXPECT_EQ(Payload(live), R"([1, "1"])");
  EXPECT_EQ(live.output.GetString("ExecutedVersion"), "1");
  EXPECT_EQ(Payload(Invoke()), R"([2, "$LATEST"])");
}

TEST_F(LambdaInvoke, GivesTheHandlerItsEnvironmentAndContext) {
  json::Object input = FunctionInput(
      "import os; return [os.environ['GREETING'], os.environ['AWS_REGION'], "
      "context.invoked_function_arn]");
  input.Set("Environment", json::Object{{"Variables", json::Object{{"GREETING", "hello"}}}});
  DoLambda("CreateFunction", input);
  Settle();

  EXPECT_EQ(Payload(Invoke()), R"(["hello", "eu-central-1", ")" + FunctionArn() + R"("])");
}

TEST_F(LambdaInvoke, TellsAFunctionsErrorAsItsAnswer) {
  MakeFunction("raise ValueError('not today')");

  const Answered answered = Invoke();

  EXPECT_EQ(answered.status, 200);
  EXPECT_EQ(answered.output.GetString("FunctionError"), "Unhandled");
  EXPECT_THAT(Payload(answered),
              AllOf(HasSubstr(R"("errorType": "ValueError")"), HasSubstr("not today")));
}

TEST_F(LambdaInvoke, TellsAHandlerThatIsNotThere) {
  json::Object input = FunctionInput();
  input.Set("Handler", "main.nope");
  DoLambda("CreateFunction", input);
  Settle();

  const Answered answered = Invoke();

  EXPECT_EQ(answered.output.GetString("FunctionError"), "Unhandled");
  EXPECT_THAT(Payload(answered), HasSubstr("Handler 'nope' missing on module 'main'"));
}

TEST_F(LambdaInvoke, TellsAProcessThatEnded) {
  MakeFunction("import os; os._exit(3)");

  const Answered answered = Invoke();

  EXPECT_EQ(answered.output.GetString("FunctionError"), "Unhandled");
  EXPECT_THAT(Payload(answered), HasSubstr("Runtime exited"));
}

TEST_F(LambdaInvoke, EndsAFunctionThatTakesTooLong) {
  json::Object input = FunctionInput("import time; time.sleep(60)");
  input.Set("Timeout", 1);
  DoLambda("CreateFunction", input);
  Settle();

  const Answered answered = Invoke();

  EXPECT_EQ(answered.output.GetString("FunctionError"), "Unhandled");
  EXPECT_THAT(Payload(answered), HasSubstr("Task timed out after 1.00 seconds"));
}

TEST_F(LambdaInvoke, TellsAZipWithoutTheProgramOfItsRuntime) {
  json::Object input = FunctionInput();
  input.Set("Runtime", "provided.al2023");
  DoLambda("CreateFunction", input);
  Settle();

  const Answered answered = Invoke();

  EXPECT_EQ(answered.output.GetString("FunctionError"), "Unhandled");
  EXPECT_THAT(Payload(answered), HasSubstr("Runtime.InvalidEntrypoint"));
}

TEST_F(LambdaInvoke, WritesALogAndGivesItsEndOnRequest) {
  MakeFunction("print('hello log')");

  const Answered answered = Invoke({{"LogType", "Tail"}});

  const auto tail = FromBase64(answered.output.GetString("LogResult"));
  ASSERT_TRUE(tail);
  EXPECT_THAT(*tail, AllOf(HasSubstr("START RequestId"), HasSubstr("hello log"),
                           HasSubstr("REPORT RequestId")));
  EXPECT_THAT(Log(), ::testing::Contains(HasSubstr("hello log")));
}

TEST_F(LambdaInvoke, DoesNotRunAFunctionThatIsStillBeingMade) {
  DoLambda("CreateFunction", FunctionInput());

  EXPECT_THAT(Invoke(), Fails(409, "ResourceConflictException", HasSubstr("Pending")));
}

TEST_F(LambdaInvoke, DoesNotRunWhatIsNotThere) {
  EXPECT_THAT(Invoke(), Fails(404, "ResourceNotFoundException", HasSubstr(FunctionArn())));
  MakeFunction();
  EXPECT_THAT(Invoke({{"Qualifier", "live"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr(FunctionArn("live"))));
}

TEST_F(LambdaInvoke, RefusesAPayloadThatIsNotJson) {
  MakeFunction();

  EXPECT_THAT(Invoke({{"Payload", "{"}}), Fails(400, "InvalidRequestContentException",
                                                HasSubstr("Could not parse request body")));
}

TEST_F(LambdaInvoke, OnlyChecksInADryRun) {
  MakeFunction("raise ValueError('ran')");

  EXPECT_EQ(Invoke({{"InvocationType", "DryRun"}}).status, 204);
  EXPECT_THAT(Log(), IsEmpty());
}

TEST_F(LambdaInvoke, RunsNoMoreAtATimeThanIsReserved) {
  MakeFunction();
  DoLambda("PutFunctionConcurrency", {{"ReservedConcurrentExecutions", 0}});

  EXPECT_THAT(Invoke(), Fails(429, "TooManyRequestsException", "Rate Exceeded."));
}

TEST_F(LambdaInvoke, StillRunsAfterARestart) {
  MakeFunction("return 'still here'");
  EXPECT_EQ(Payload(Invoke()), R"("still here")");

  Restart();

  EXPECT_EQ(Payload(Invoke()), R"("still here")");
}

}  // namespace
}  // namespace trunkline::cloud::tests
