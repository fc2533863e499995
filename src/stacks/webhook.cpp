// What GitHub tells of pushes: HTTP API -> router function -> pipelines. A schedule finds the
// pushes that GitHub could not tell of, as it never tells twice.
#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "stacks/lambda_function.h"
#include "stacks/names.h"
#include "stacks/policy.h"
#include "stacks/tooling_parts.h"

namespace trunkline::stacks {
namespace {

// A forged request costs an invocation before its signature is refused; GitHub sends one for a
// push.
constexpr int kRequestsPerSecond = 20;
constexpr int kBurst = 40;

void AddSecret(Template& stack) {
  json::Object generated{{"PasswordLength", 40}, {"ExcludePunctuation", true}};
  json::Object properties{{"Name", kWebhookSecret},
                          {"Description", "GitHub signs what it tells the router with it."}};
  properties.Set("GenerateSecretString", std::move(generated));
  stack.Add("WebhookSecret",
            {.type = "AWS::SecretsManager::Secret", .properties = std::move(properties)});
}

void AddLedger(Template& stack) {
  json::Object id{{"AttributeName", "id"}, {"AttributeType", "S"}};
  json::Object key{{"AttributeName", "id"}, {"KeyType", "HASH"}};
  json::Object properties{{"TableName", kLedgerTable}, {"BillingMode", "PAY_PER_REQUEST"}};
  properties.Set("AttributeDefinitions", List({id}));
  properties.Set("KeySchema", List({key}));
  properties.Set("TimeToLiveSpecification",
                 json::Object{{"AttributeName", "expires"}, {"Enabled", true}});
  stack.Add("Ledger", {.type = "AWS::DynamoDB::Table", .properties = std::move(properties)});
}

json::Object RouterEnvironment(const ToolingView& view) {
  json::Object branches;
  for (const center::Environment* environment : view.environments)
    branches.Set(*environment->branch, *environment->name);
  json::Object variables{
      {"TRUNKLINE_SECRET_ARN", Ref("WebhookSecret")},
      {"TRUNKLINE_LEDGER_TABLE", Ref("Ledger")},
      {"TRUNKLINE_REPOSITORY", fmt::format("{}/{}", *view.tooling.owner, *view.tooling.repo)},
      {"TRUNKLINE_BRANCHES", json::Write(branches)},
      {"TRUNKLINE_PROJECTS", Join(view.projects, ",")},
      {"TRUNKLINE_TOOLING_BRANCH", view.ToolingBranch()},
      {"TRUNKLINE_GITHUB_API", Ref("GithubApi")}};
  variables.Set("TRUNKLINE_GITHUB_TOKEN_ARN",
                If("HasGithubToken", Ref("GithubTokenArn"), Ref("AWS::NoValue")));
  return variables;
}

json::Array RouterStatements() {
  json::Array secrets;
  secrets.emplace_back(Ref("WebhookSecret"));
  secrets.emplace_back(If("HasGithubToken", Ref("GithubTokenArn"), Ref("AWS::NoValue")));
  return List(
      {Allow("ReadSecrets", {"secretsmanager:GetSecretValue"}, std::move(secrets)),
       Allow("KeepLedger", {"dynamodb:GetItem", "dynamodb:PutItem"}, GetAtt("Ledger", "Arn")),
       Allow("StartPipelines",
             {"codepipeline:ListPipelineExecutions", "codepipeline:StartPipelineExecution"},
             Arn("codepipeline:${AWS::Region}:${AWS::AccountId}:amzconnect-*"))});
}

void AddApi(Template& stack) {
  json::Object api{{"Name", "amzconnect-webhook"}, {"ProtocolType", "HTTP"}};
  stack.Add("Api", {.type = "AWS::ApiGatewayV2::Api", .properties = std::move(api)});
  json::Object integration{{"ApiId", Ref("Api")},
                           {"IntegrationType", "AWS_PROXY"},
                           {"IntegrationUri", GetAtt("Router", "Arn")},
                           {"PayloadFormatVersion", "2.0"},
                           {"TimeoutInMillis", 10000}};
  stack.Add("ApiIntegration",
            {.type = "AWS::ApiGatewayV2::Integration", .properties = std::move(integration)});
  json::Object route{{"ApiId", Ref("Api")},
                     {"RouteKey", "POST /github"},
                     {"Target", Sub("integrations/${ApiIntegration}")}};
  stack.Add("ApiRoute", {.type = "AWS::ApiGatewayV2::Route", .properties = std::move(route)});
  json::Object limits{{"ThrottlingRateLimit", kRequestsPerSecond},
                      {"ThrottlingBurstLimit", kBurst}};
  json::Object stage{{"ApiId", Ref("Api")}, {"StageName", "$default"}, {"AutoDeploy", true}};
  stage.Set("DefaultRouteSettings", std::move(limits));
  stack.Add("ApiStage", {.type = "AWS::ApiGatewayV2::Stage", .properties = std::move(stage)});
}

void LetInvoke(Template& stack, std::string_view logical_id, std::string_view service,
               json::Value source_arn) {
  json::Object properties{{"Action", "lambda:InvokeFunction"},
                          {"FunctionName", Ref("Router")},
                          {"Principal", fmt::format("{}.amazonaws.com", service)}};
  properties.Set("SourceArn", std::move(source_arn));
  stack.Add(logical_id, {.type = "AWS::Lambda::Permission", .properties = std::move(properties)});
}

void AddSchedule(Template& stack) {
  json::Object target{{"Id", "router"},
                      {"Arn", GetAtt("Router", "Arn")},
                      {"Input", R"({"trunkline":"reconcile"})"}};
  json::Object properties{{"Name", "amzconnect-reconcile"},
                          {"Description", "Finds pushes that GitHub could not tell of."},
                          {"ScheduleExpression", "rate(15 minutes)"}};
  properties.Set("Targets", List({target}));
  stack.Add("Reconcile", {.type = "AWS::Events::Rule", .properties = std::move(properties)});
}

void AddTokenCondition(Template& stack) {
  json::Array equal;
  equal.emplace_back(Ref("GithubTokenArn"));
  equal.emplace_back("");
  json::Array negated;
  negated.emplace_back(json::Object{{"Fn::Equals", std::move(equal)}});
  stack.AddCondition("HasGithubToken", json::Object{{"Fn::Not", std::move(negated)}});
}

}  // namespace

void AddWebhookParameters(Template& stack) {
  stack.AddParameter("GithubApi", "Where GitHub's REST API is.", "https://api.github.com",
                     "https?://.+");
  stack.AddParameter("GithubTokenArn",
                     "A secret with a token that may read the repository, for private ones; "
                     "empty: none.",
                     "");
}

void AddWebhook(Template& stack, const ToolingView& view) {
  AddTokenCondition(stack);
  AddSecret(stack);
  AddLedger(stack);
  AddFunction(stack, "Router",
              {.handler = "router",
               .name = std::string(kRouterFunction),
               .description = "Starts the pipelines that a push concerns.",
               .timeout_seconds = 30,
               .environment = RouterEnvironment(view),
               .statements = RouterStatements(),
               .role_name = "trunkline-router",
               .boundary = ToolingBoundary()});
  AddApi(stack);
  LetInvoke(stack, "LetApiInvoke", "apigateway",
            Arn("execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/POST/github"));
  AddSchedule(stack);
  LetInvoke(stack, "LetScheduleInvoke", "events", GetAtt("Reconcile", "Arn"));
  stack.AddOutput("PayloadUrl", "The payload URL of GitHub's webhook.",
                  Sub("${Api.ApiEndpoint}/github"));
  stack.AddOutput("WebhookSecretArn", "The secret of GitHub's webhook.", Ref("WebhookSecret"));
  stack.AddOutput("LedgerTable", "What the router has seen.", Ref("Ledger"));
}

}  // namespace trunkline::stacks
