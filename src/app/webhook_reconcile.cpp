#include "app/webhook_reconcile.h"

#include "base/json_read.h"
#include "base/json_write.h"

namespace trunkline::app {
namespace {

net::aw<Result<json::Object>> Work(aws::Client client, std::string function) {
  json::Object event{{"trunkline", "reconcile"}};
  json::Object input{{"FunctionName", function}, {"Payload", json::Write(std::move(event))}};
  Result<json::Object> output = co_await client.Call("lambda", "Invoke", std::move(input));
  if (!output && output.error().kind() == ErrorKind::kNotFound)
    co_return Error(ErrorKind::kNotFound,
                    "there is no function '{}' in {}: deploy the tooling stack with 'trunkline "
                    "bootstrap', or say with --function, and --folder or --profile and --region, "
                    "where it is",
                    function, client.region());
  if (!output) co_return std::move(output).error();
  Result<json::Value> report = json::Parse(output->GetString("Payload"));
  const bool understood = report && report->IsObject();
  if (output->Has("FunctionError"))
    co_return Error(ErrorKind::kUnreached, "the router does not reconcile: {}",
                    understood ? report->AsObject().GetString("errorMessage")
                               : output->GetString("FunctionError"));
  if (understood && report->AsObject().Has("branches")) co_return std::move(report->AsObject());
  co_return Error(ErrorKind::kUnreached, "function '{}' is no router: it answers something else",
                  function);
}

}  // namespace

Result<json::Object> RunWebhookReconcile(AppWorld& world, const WebhookArgs& args) {
  TL_TRY(const WebhookAccount account, OpenWebhook(world, args));
  return account.connection().Run(Work(account.client(), args.function));
}

}  // namespace trunkline::app
