// DescribeStacks, ListStacks, DescribeAccountLimits.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cloud/engine.h"
#include "cloud/list_token.h"
#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/stack_record.h"
#include "cloud/wait.h"
#include "net/timers.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kPage = 100;

ServiceError WrongToken() {
  return ValidationError("Invalid NextToken");
}

// A client that polls waits seconds between two looks (the AWS CLI 30): a stack that is nearly done
// is shown when it is (Settings::stack_linger). Real time, as it is the client's.
constexpr Milliseconds kLook{4};

Answer<> ShowStacks(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("StackName");
  json::Array stacks;
  if (!name.empty()) {
    TL_TRY(const Record stack, FindStack(context, name));
    stacks.emplace_back(ShowStack(context, stack));
    return json::Object{{"Stacks", std::move(stacks)}};
  }
  auto page = context.store.ListPage(context.RegionScope(), kStack, kLive, kPage,
                                     input.GetString("NextToken"));
  if (!page) return WrongToken();
  for (const Record* record : page->records) stacks.emplace_back(ShowStack(context, *record));
  json::Object answer{{"Stacks", std::move(stacks)}};
  answer.SetIfNotEmpty("NextToken", page->next);
  return answer;
}

bool IsUnderWay(const WaitContext& context, const std::string& name) {
  bool under_way = false;
  const auto looked = context.State([&](Context& state) -> Answer<> {
    const Answer<Record> stack = FindStack(state, name);
    under_way = stack && IsInProgress(StatusOf(*stack));
    return json::Object();
  });
  return looked.ok() && under_way;
}

net::aw<Answer<>> DescribeStacks(WaitContext context, json::Object input) {
  const std::string name(input.GetString("StackName"));
  net::RealTimers real(context.loop());
  const Milliseconds linger = context.engine().settings.stack_linger;
  for (Milliseconds waited{0}; !name.empty() && waited < linger; waited += kLook) {
    if (!IsUnderWay(context, name)) break;
    co_await real.Wait(kLook);
  }
  co_return context.State([&](Context& state) { return ShowStacks(state, input); });
}
constexpr WaitHandler kDescribeStacks{DescribeStacks};

json::Object Summary(Context& context, const Record& stack) {
  const json::Object shown = ShowStack(context, stack);
  json::Object made;
  for (const char* member :
       {"StackId", "StackName", "CreationTime", "LastUpdatedTime", "DeletionTime", "StackStatus",
        "StackStatusReason", "ParentId", "RootId", "DriftInformation", "LastOperations"}) {
    if (const json::Value* value = shown.Find(member)) made.Set(member, *value);
  }
  made.SetIfNotEmpty("TemplateDescription", shown.GetString("Description"));
  return made;
}

// Sorts the newest first, as ListStacks does.
std::string AgeOf(const Record& stack) {
  constexpr double kFarAway = 1e12;
  return fmt::format("{:020.6f} {}", kFarAway - stack.body.GetDouble("CreationTime"), stack.id);
}

Answer<> ListStacks(Context& context, const json::Object& input) {
  const json::Array& wanted = input.GetArray("StackStatusFilter");
  std::string listing = "ListStacks ";
  for (const json::Value& one : wanted) listing += one.AsString() + ",";
  std::map<std::string, const Record*> by_age;
  for (const Record* record : context.store.List(context.RegionScope(), kStack)) {
    const json::Value status(StatusOf(*record));
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), status) != wanted.end())
      by_age.emplace(AgeOf(*record), record);
  }
  auto next = by_age.begin();
  if (const std::string_view token = input.GetString("NextToken"); !token.empty()) {
    const auto last = ReadListToken(listing, token);
    if (!last) return WrongToken();
    next = by_age.upper_bound(*last);
  }
  json::Array summaries;
  std::string last;
  for (; next != by_age.end() && summaries.size() < kPage; ++next) {
    summaries.emplace_back(Summary(context, *next->second));
    last = next->first;
  }
  json::Object answer{{"StackSummaries", std::move(summaries)}};
  if (next != by_age.end()) answer.Set("NextToken", MakeListToken(listing, last));
  return answer;
}

Answer<> DescribeAccountLimits(Context&, const json::Object&) {
  json::Array limits;
  for (const auto& [name, value] :
       {std::pair("StackLimit", 2000), std::pair("StackOutputsLimit", 200),
        std::pair("ConcurrentResourcesLimit", 2500)})
    limits.emplace_back(json::Object{{"Name", name}, {"Value", value}});
  return json::Object{{"AccountLimits", std::move(limits)}};
}

constexpr Operation kOperations[] = {
    {.name = "DescribeAccountLimits", .handle = DescribeAccountLimits},
    {.name = "DescribeStacks", .wait = &kDescribeStacks},
    {.name = "ListStacks", .handle = ListStacks},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kStackReadOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
