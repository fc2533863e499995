#include "cli/webhook_options.h"

namespace trunkline::cli {

app::WebhookArgs ReadWebhookArgs(const Arguments& arguments) {
  app::WebhookArgs args;
  args.folder = arguments.Get("--folder");
  args.region = arguments.Get("--region");
  args.profile = arguments.Get("--profile");
  args.endpoint_url = arguments.Get("--endpoint-url");
  args.function = arguments.Get("--function", args.function);
  args.stack = arguments.Get("--stack", args.stack);
  args.url = arguments.Get("--url");
  args.secret = arguments.Get("--secret");
  args.repository = arguments.Get("--repository");
  args.github_api = arguments.Get("--github-api");
  return args;
}

}  // namespace trunkline::cli
