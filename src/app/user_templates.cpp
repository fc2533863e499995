#include "app/user_templates.h"

#include <algorithm>

#include "app/stack_deploy.h"
#include "base/text.h"
#include "stacks/names.h"

namespace trunkline::app {
namespace {

using Tell = std::function<void(const std::string&)>;

constexpr Milliseconds kFar{2500};
constexpr Milliseconds kNear{40};

struct Order {
  std::string file;
  std::string stack;
  std::string text;
};

Result<void> CheckProject(const std::string& project) {
  const std::vector<std::string> known(std::begin(stacks::kTemplateProjects),
                                       std::end(stacks::kTemplateProjects));
  if (project.empty() || std::ranges::find(known, project) != known.end()) return {};
  const auto nearest = Nearest(project, known);
  return Error(ErrorKind::kInvalid, "project '{}' has no templates of your own; {} may{}", project,
               Join(known, " and "), nearest ? fmt::format(" (did you mean '{}'?)", *nearest) : "");
}

Result<std::vector<Order>> ReadOrders(const AppWorld& world, const OpenedEnvironment& opened,
                                      const std::string& wanted) {
  std::vector<Order> orders;
  for (const std::string_view project : stacks::kTemplateProjects) {
    if (!wanted.empty() && wanted != project) continue;
    for (const center::UserTemplate* user : stacks::TemplatesOf(opened.center, project)) {
      TL_TRY(std::string text, world.files.Read(user->file));
      orders.push_back({.file = user->file,
                        .stack = stacks::UserStack(*user, opened.environment->name.value),
                        .text = std::move(text)});
    }
  }
  return orders;
}

struct Work {
  OpenedEnvironment& opened;
  const TemplateArgs& args;
  const Tell& tell;
};

// The pipelines' store of the Region: the deploy role may write there, and CloudFormation's caller
// read.
net::aw<Result<void>> Place(Work& work, aws::Client client, std::string text, StackOrder& order) {
  const auto& tooling = work.opened.center.tooling;
  if (text.size() > kMostTemplateBytes && !tooling) {
    co_return Error(ErrorKind::kInvalid,
                    "the template of stack '{}' has {} bytes; more than {} are read from the "
                    "artifact store, and amzconnect-devops-pipelines/env/devops.json, which says "
                    "where that is, is missing",
                    order.name, text.size(), kMostTemplateBytes);
  }
  const std::string bucket =
      tooling ? stacks::ArtifactBucket(*tooling->account, client.region()) : std::string();
  co_return co_await PlaceTemplate(client, bucket, std::move(text), order);
}

net::aw<Result<bool>> DeployOne(Work& work, std::string region, Order wanted) {
  StackWorld stack_world{.client = work.opened.client.InRegion(region),
                         .timers = work.opened.connection.timers(),
                         .poll = work.opened.connection.IsEmbedded() ? kNear : kFar,
                         .tell = [&](const std::string& line) { work.tell("    " + line); }};
  StackOrder order;
  order.name = wanted.stack;
  order.capabilities = {"CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"};
  order.role_arn = work.args.stack_role_arn;
  TL_CO_DO(co_await Place(work, stack_world.client, std::move(wanted.text), order));
  TL_CO_TRY(const StackOutcome outcome, co_await DeployStack(stack_world, std::move(order)));
  co_return outcome.changed;
}

net::aw<Result<std::vector<DeployedTemplate>>> DeployAll(Work& work, std::vector<Order> orders) {
  std::vector<DeployedTemplate> deployed;
  for (const std::string& region : work.opened.regions) {
    for (const Order& order : orders) {
      Order one = order;
      Result<bool> changed = co_await DeployOne(work, region, std::move(one));
      if (!changed)
        co_return std::move(changed).error().While("deploying '{}' to {}", order.file, region);
      work.tell(
          fmt::format("  {} in {}: {}", order.stack, region, *changed ? "deployed" : "no changes"));
      deployed.push_back(
          {.file = order.file, .stack = order.stack, .region = region, .changed = *changed});
    }
  }
  co_return deployed;
}

}  // namespace

Result<std::vector<DeployedTemplate>> DeployTemplates(AppWorld& world, const TemplateArgs& args,
                                                      const Tell& tell) {
  TL_DO(CheckProject(args.project));
  TL_TRY(const auto opened, OpenEnvironment(world, args.where));
  TL_TRY(std::vector<Order> orders, ReadOrders(world, *opened, args.project));
  Work work{.opened = *opened, .args = args, .tell = tell};
  return opened->connection.Run(DeployAll(work, std::move(orders)));
}

}  // namespace trunkline::app
