#include "tests/cloud/lambda/lambda_test.h"

#include "base/json_write.h"
#include "base/zip.h"

namespace trunkline::cloud::tests {

LambdaTest::LambdaTest() {
  json::Object statement{{"Effect", "Allow"},
                         {"Principal", json::Object{{"Service", "lambda.amazonaws.com"}}},
                         {"Action", "sts:AssumeRole"}};
  const json::Object policy{{"Version", "2012-10-17"},
                            {"Statement", json::Array{std::move(statement)}}};
  Do("iam", "CreateRole",
     {{"RoleName", "runner"}, {"AssumeRolePolicyDocument", json::Write(policy)}});
}

Answered LambdaTest::AskLambda(std::string_view operation, json::Object input) {
  json::Object whole{{"FunctionName", "greet"}};
  for (const json::Member& member : input) whole.Set(member.key, member.value);
  return Ask("lambda", operation, whole);
}

json::Object LambdaTest::DoLambda(std::string_view operation, json::Object input) {
  Answered answered = AskLambda(operation, std::move(input));
  EXPECT_THAT(answered, Succeeds()) << "of lambda:" << operation;
  return std::move(answered.output);
}

json::Object LambdaTest::FunctionInput(std::string_view body) {
  return {{"Runtime", "python3.11"},
          {"Handler", "main.handler"},
          {"Role", RoleArn()},
          {"Code", json::Object{{"ZipFile", PythonZip(body)}}}};
}

std::string LambdaTest::MakeFunction(std::string_view body) {
  const json::Object made = DoLambda("CreateFunction", FunctionInput(body));
  Settle();
  return std::string(made.GetString("FunctionArn"));
}

void LambdaTest::UpdateCode(std::string_view body) {
  DoLambda("UpdateFunctionCode", {{"ZipFile", PythonZip(body)}});
  Settle();
}

std::string LambdaTest::Publish() {
  return std::string(DoLambda("PublishVersion").GetString("Version"));
}

Answered LambdaTest::Invoke(json::Object input) {
  return AskLambda("Invoke", std::move(input));
}

std::string LambdaTest::Payload(const Answered& answered) {
  return std::string(answered.output.GetString("Payload"));
}

std::string LambdaTest::FunctionArn(std::string_view qualifier) const {
  return fmt::format("arn:aws:lambda:{}:{}:function:greet{}{}", region(), account(),
                     qualifier.empty() ? "" : ":", qualifier);
}

std::string PythonZip(std::string_view body) {
  const std::string code = "def handler(event, context):\n    " + std::string(body) + "\n";
  return WriteZip({{.name = "main.py", .bytes = code}}).value();
}

}  // namespace trunkline::cloud::tests
