#include "functions/attributes.h"
#include "tests/functions/router_test.h"

namespace trunkline::functions::tests {
namespace {

json::Object CommitShape(const TestPush& push) {
  json::Array paths;
  for (const std::string& path : push.paths) paths.emplace_back(path);
  return {
      {"id", push.after},       {"message", "change"},      {"timestamp", "2026-11-20T10:00:00Z"},
      {"added", json::Array()}, {"removed", json::Array()}, {"modified", std::move(paths)}};
}

std::vector<std::string> Names(const json::Array& list, std::string_view member) {
  std::vector<std::string> names;
  for (const json::Value& one : list) names.emplace_back(one.AsObject().GetString(member));
  return names;
}

bool Holds(const json::Object& input, const json::Object* there) {
  const std::string_view condition = input.GetString("ConditionExpression");
  if (condition.empty()) return true;
  if (condition == "attribute_not_exists(id)") return there == nullptr;
  const json::Object& seen = input.GetObject("ExpressionAttributeValues").GetObject(":seen");
  return there != nullptr && there->GetObject("version") == seen;
}

}  // namespace

json::Object PayloadOf(const TestPush& push) {
  json::Array commits;
  if (!push.paths.empty()) commits.emplace_back(CommitShape(push));
  const bool deleted = push.after == kZero;
  return {{"ref", "refs/heads/" + push.branch},
          {"before", push.before},
          {"after", push.after},
          {"created", push.before == kZero},
          {"deleted", deleted},
          {"forced", push.forced},
          {"commits", std::move(commits)},
          {"head_commit", deleted ? json::Value() : json::Value(CommitShape(push))},
          {"repository", json::Object{{"full_name", "acme/center"}, {"pushed_at", push.pushed}}},
          {"pusher", json::Object{{"name", "ann"}}}};
}

std::vector<std::string> TestReply::started() const {
  return Names(body.GetArray("started"), "pipeline");
}
std::vector<std::string> TestReply::skipped() const {
  return Names(body.GetArray("skipped"), "what");
}
std::string TestReply::WhyOf(std::string_view list, std::string_view what) const {
  for (const json::Value& one : body.GetArray(list)) {
    if (one.AsObject().GetString("what") == what)
      return std::string(one.AsObject().GetString("why"));
  }
  return "";
}

RouterTest::RouterTest() {
  Set("TRUNKLINE_SECRET_ARN", "arn:aws:secretsmanager:eu-central-1:111111111111:secret:hook");
  Set("TRUNKLINE_LEDGER_TABLE", "ledger");
  Set("TRUNKLINE_REPOSITORY", "acme/center");
  Set("TRUNKLINE_BRANCHES", R"({"develop": "dev", "release/1": "prod"})");
  Set("TRUNKLINE_PROJECTS", "devops-pipelines,instance,supporting-infra,lambdas,contact-flows");
  Set("TRUNKLINE_TOOLING_BRANCH", "main");
  aws_.On("secretsmanager:GetSecretValue",
          json::Object{{"SecretString", kSecret}, {"CreatedDate", json::Number{"1790000000"}}});
  aws_.On("dynamodb:PutItem", [this](const json::Object& input) { return PutItem(input); });
  aws_.On("dynamodb:GetItem", [this](const json::Object& input) {
    const auto found = ledger_.find(TextOf(input.GetObject("Key"), "id"));
    if (found == ledger_.end()) return Result<json::Object>(json::Object());
    return Result<json::Object>(json::Object{{"Item", found->second}});
  });
  aws_.On("codepipeline:StartPipelineExecution",
          [this](const json::Object& input) { return StartPipeline(input); });
  github_timers_ = std::make_unique<net::ManualTimers>(aws_.fake().loop());
  net::ServerOptions options;
  options.timers = github_timers_.get();
  net::Handler handler = [this](net::Request request) -> net::aw<net::Response> {
    github_asked_.push_back(request.target);
    github_headers_ = request.headers;
    const auto found = github_answers_.find(std::string(request.path()));
    co_return found == github_answers_.end()
        ? net::Response{.status = 404, .headers = {}, .body = R"({"message": "Not Found"})"}
        : found->second;
  };
  github_ = std::move(net::Server::Listen(aws_.fake().loop(), options, std::move(handler),
                                          aws_.fake().log()))
                .value();
  Set("TRUNKLINE_GITHUB_API", "http://127.0.0.1:" + std::to_string(github_->port()));
}

Result<json::Object> RouterTest::PutItem(const json::Object& input) {
  const json::Object& item = input.GetObject("Item");
  if (before_write_) before_write_(item);
  const std::string id = TextOf(item, "id");
  const auto found = ledger_.find(id);
  if (!Holds(input, found == ledger_.end() ? nullptr : &found->second))
    return aws::Refused("ConditionalCheckFailedException", "The conditional request failed");
  ledger_[id] = item;
  return json::Object();
}

Result<json::Object> RouterTest::StartPipeline(const json::Object& input) {
  const std::string name(input.GetString("name"));
  if (missing_.contains(name))
    return aws::Refused("PipelineNotFoundException", "The account has no such pipeline");
  const std::string key = name + input.GetString("clientRequestToken").data();
  const auto [place, fresh] =
      executions_.try_emplace(key, fmt::format("e-{}", executions_.size() + 1));
  return json::Object{{"pipelineExecutionId", place->second}};
}

json::Value RouterTest::EventOf(const std::string& body, const std::string& event,
                                const std::string& secret, const std::string& delivery) {
  json::Object headers{{"content-type", "application/json"},
                       {"x-github-event", event},
                       {"x-github-delivery", delivery},
                       {"x-hub-signature-256", router::SignatureOf(secret, body)}};
  return json::Object{{"version", "2.0"},
                      {"routeKey", "POST /github"},
                      {"headers", std::move(headers)},
                      {"body", ToBase64(body)},
                      {"isBase64Encoded", true}};
}

TestReply RouterTest::Send(json::Value event) {
  const json::Value answer = Invoke("router", std::move(event)).value();
  TestReply reply;
  reply.status = static_cast<int>(answer.AsObject().GetInt("statusCode"));
  reply.body = json::Parse(answer.AsObject().GetString("body")).value().AsObject();
  return reply;
}

TestReply RouterTest::Deliver(const TestPush& push, const std::string& delivery) {
  return Send(EventOf(json::Write(PayloadOf(push)), "push", kSecret, delivery));
}

json::Object RouterTest::Reconcile() {
  return Invoke("router", json::Object{{"trunkline", "reconcile"}}).value().AsObject();
}

void RouterTest::GithubAnswers(const std::string& path, std::string body, int status) {
  github_answers_["/repos/acme/center" + path] =
      net::Response{.status = status, .headers = {}, .body = std::move(body)};
}

void RouterTest::GithubCompares(char base, char head, const std::vector<std::string>& paths,
                                const std::string& status) {
  json::Array files;
  for (const std::string& path : paths) files.emplace_back(json::Object{{"filename", path}});
  GithubAnswers(fmt::format("/compare/{}...{}", CommitOf(base), CommitOf(head)),
                json::Write(json::Object{{"status", status}, {"files", std::move(files)}}));
}

void RouterTest::GithubHas(const std::string& branch, char commit) {
  json::Object shape{{"commit", json::Object{{"sha", CommitOf(commit)}}}};
  GithubAnswers("/branches/" + branch, json::Write(std::move(shape)));
}

std::vector<std::string> RouterTest::starts() const {
  std::vector<std::string> starts;
  for (const json::Object& input : aws_.Inputs("codepipeline:StartPipelineExecution")) {
    const json::Object& revision = input.GetArray("sourceRevisions").front().AsObject();
    starts.push_back(fmt::format("{} at {}", input.GetString("name"),
                                 revision.GetString("revisionValue").front()));
  }
  return starts;
}

}  // namespace trunkline::functions::tests
