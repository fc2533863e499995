// Test cases: kept and checked as the service does. Their executions are in test_executions.cpp.
#include <fmt/format.h>

#include "cloud/services/connect/contents.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/json_text.h"
#include "cloud/services/connect/resources.h"
#include "cloud/services/connect/search.h"
#include "cloud/services/connect/test_content.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::string_view kPublished = "PUBLISHED";
constexpr std::string_view kDraft = "SAVED";

// The flow of an entry point by its id; a call names a flow or numbers, not both.
Answer<json::Object> CheckEntryPoint(Context& context, const Record& instance, json::Object entry) {
  for (const std::string_view member :
       {"VoiceCallEntryPointParameters", "ChatEntryPointParameters"}) {
    json::Object parameters = entry.GetObject(member);
    const std::string_view flow = parameters.GetString("FlowId");
    if (flow.empty()) continue;
    if (parameters.Has("DestinationPhoneNumber")) {
      return InvalidParameter("Must specify either FlowId or phone numbers");
    }
    TL_TRY(const Record* found, FindResource(context, instance, kFlow, flow));
    parameters.Set("FlowId", found->id);
    entry.Set(member, std::move(parameters));
  }
  return entry;
}

Answer<void> CheckData(std::string_view data) {
  if (!data.empty()) TL_DO(ReadJsonObject(data, "InitializationData", "InvalidParameterException"));
  return {};
}

// A draft is kept as it is; what is published holds.
Answer<json::Object> ReadContent(Context& context, const Record& instance,
                                 const json::Object& input, json::Object body) {
  CopyMembers(input, {"Content", "InitializationData"}, body);
  TL_DO(CheckData(input.GetString("InitializationData")));
  if (const json::Value* entry = input.Find("EntryPoint")) {
    TL_TRY(json::Object checked, CheckEntryPoint(context, instance, entry->AsObject()));
    body.Set("EntryPoint", std::move(checked));
  }
  const std::string_view content = body.GetString("Content");
  if (body.GetString("Status") == kPublished) {
    const auto problems = CheckTestContent(content, body.GetObject("EntryPoint").GetString("Type"));
    if (!problems.empty()) return InvalidTestCase(problems);
  }
  body.Set("TestCaseSha256", ContentSha256(content));
  return body;
}

// Publishing ends the draft.
void KeepContent(Context& context, Record& test, json::Object content) {
  const std::string status(content.GetString("Status"));
  if (status == kPublished) {
    DeleteContent(context, kTestContent, test.id, kDraft);
    test.body.Set("Status", kPublished);
  }
  PutContent(context, kTestContent, test.id, status, std::move(content));
}

// A replica is made with the id, time and Region of its source.
Answer<void> TakeSource(Context& context, const Record& instance, const json::Object& input,
                        Record& test) {
  CopyMembers(input, {"LastModifiedTime", "LastModifiedRegion"}, test.body);
  const std::string_view id = input.GetString("TestCaseId");
  if (id.empty()) return {};
  if (context.store.Find(context.RegionScope(), kTestCase.kind, id) != nullptr) {
    return ServiceError("DuplicateResourceException",
                        fmt::format("a test case with the id '{}' already exists", id));
  }
  test.id = id;
  test.body.Set("Id", id);
  test.body.Set("Arn", ResourceArn(context, instance.id, kTestCase.path, id));
  return {};
}

Answer<> CreateTestCase(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  TL_TRY(Record test, NewResource(context, *instance, kTestCase, input.GetString("Name"), input));
  TL_DO(TakeSource(context, *instance, input, test));
  json::Object body;
  body.Set("Status", input.GetString("Status", kPublished));
  TL_TRY(json::Object content, ReadContent(context, *instance, input, std::move(body)));
  test.body.Set("Status", kDraft);
  KeepContent(context, test, std::move(content));
  json::Object output;
  output.Set("TestCaseId", test.id);
  output.Set("TestCaseArn", test.body.GetString("Arn"));
  context.store.Put(context.RegionScope(), kTestCase.kind, std::move(test));
  return output;
}

Answer<> DeleteTestCase(Context& context, const json::Object& input) {
  TL_TRY(const Record* test, FindResource(context, kTestCase, input));
  const std::string id = test->id;
  DeleteContents(context, kTestContent, id);
  context.store.Delete(context.RegionScope(), kTestCase.kind, id);
  return json::Object();
}

json::Object Shown(const Record& test, const Record& content) {
  json::Object shown = test.body;
  CopyMembers(content.body,
              {"Content", "EntryPoint", "InitializationData", "Status", "TestCaseSha256"}, shown);
  return shown;
}

// What is published, if it is, else the draft.
const Record* CurrentContent(Context& context, const Record& test) {
  const Record* content = FindContent(context, kTestContent, test.id, kPublished);
  return content != nullptr ? content : FindContent(context, kTestContent, test.id, kDraft);
}

Answer<> DescribeTestCase(Context& context, const json::Object& input) {
  TL_TRY(const Record* test, FindResource(context, kTestCase, input));
  const std::string_view status = input.GetString("Status");
  const Record* content = status.empty() ? CurrentContent(context, *test)
                                         : FindContent(context, kTestContent, test->id, status);
  if (content == nullptr) {
    return ServiceError(
        "ResourceNotFoundException",
        fmt::format("test case '{}' has no content with the status {}", test->name, status));
  }
  json::Object output;
  output.Set("TestCase", Shown(*test, *content));
  return output;
}

json::Value TestSummary(Context&, const Record& test) {
  json::Object summary = Summary(kTestCase, test);
  CopyMembers(test.body, {"Status"}, summary);
  return summary;
}

Answer<> ListTestCases(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "TestCaseSummaryList",
                context.store.List(context.RegionScope(), kTestCase.kind, instance->id),
                TestSummary, {.listing = "ListTestCases " + instance->id});
}

bool HasStatus(const Record& test, const json::Value& status) {
  return test.body.GetString("Status") == status.AsString();
}

constexpr SearchLeaf kLeaves[] = {{"StatusCondition", HasStatus}};

json::Value Found(Context& context, const Record& test) {
  return Shown(test, *CurrentContent(context, test));
}

Answer<> SearchTestCases(Context& context, const json::Object& input) {
  return Search(context, input, kTestCase,
                {.operation = "SearchTestCases",
                 .output = "TestCases",
                 .fields = kCommonFields,
                 .leaves = kLeaves,
                 .to_value = Found});
}

// Without a status it stays what it is: published, or a draft.
Answer<> UpdateTestCase(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindResource(context, kTestCase, input));
  TL_TRY(const Record* instance, FindInstance(context, input));
  Record test = *found;
  TL_DO(Rename(context, kTestCase, input, test));
  const Record* draft = FindContent(context, kTestContent, test.id, kDraft);
  const Record* current = draft != nullptr ? draft : CurrentContent(context, test);
  json::Object body = current->body;
  body.Set("Status", input.GetString("Status", test.body.GetString("Status")));
  TL_TRY(json::Object content, ReadContent(context, *instance, input, std::move(body)));
  KeepContent(context, test, std::move(content));
  Touch(context, test.body);
  CopyMembers(input, {"LastModifiedTime", "LastModifiedRegion"}, test.body);
  context.store.Put(context.RegionScope(), kTestCase.kind, std::move(test));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateTestCase", .handle = CreateTestCase},
    {.name = "DeleteTestCase", .handle = DeleteTestCase},
    {.name = "DescribeTestCase", .handle = DescribeTestCase},
    {.name = "ListTestCases", .handle = ListTestCases},
    {.name = "SearchTestCases", .handle = SearchTestCases},
    {.name = "UpdateTestCase", .handle = UpdateTestCase},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kTestCaseOperations = kOperations;

}  // namespace trunkline::cloud::connect
