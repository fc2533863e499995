#include "deploy/export.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "deploy/flow_kind.h"
#include "deploy/inventory.h"
#include "flow/content_hash.h"
#include "flow/instance_flows.h"

namespace trunkline::deploy {
namespace {

// What an instance comes with: name -> the content's fingerprint, in symbols.
std::map<std::string, std::string> SampleHashes() {
  std::map<std::string, std::string> hashes;
  for (const EmbeddedFile& file : InstanceFlows()) {
    const Result<json::Value> root = json::Parse(file.bytes);
    if (!root || !root->IsObject()) continue;
    const json::Value* content = root->AsObject().Find("Content");
    if (content == nullptr) continue;
    hashes.emplace(std::string(root->AsObject().GetString("Name")),
                   flow::NormalisedHash(json::Write(*content)));
  }
  return hashes;
}

// The tags that people put: neither AWS's nor Trunkline's own.
json::Object OwnTags(const json::Object& tags) {
  json::Object own;
  for (const json::Member& tag : tags)
    if (!tag.key.starts_with("aws:") && !tag.key.starts_with("trunkline:"))
      own.Set(tag.key, tag.value);
  return own;
}

// A module's contract is a text of JSON in the API, and an object in files, which reads better.
json::Value Contract(std::string_view settings) {
  Result<json::Value> read = json::Parse(settings);
  return read && read->IsObject() ? std::move(*read) : json::Value(std::string(settings));
}

class Exporter {
 public:
  Exporter(aws::Client client, ExportedInstance instance, ExportOptions options)
      : client_(std::move(client)), instance_(std::move(instance)), options_(std::move(options)) {}

  net::aw<Result<ExportOutcome>> Run() {
    inventory_ = co_await ReadInventory(client_, instance_.id, instance_.alias);
    for (Finding& finding : inventory_.findings) outcome_.findings.push_back(std::move(finding));
    const std::array<const FlowKind*, 2> kinds{&kModules, &kFlows};
    for (const FlowKind* kind : kinds) TL_CO_DO(co_await ExportKind(*kind));
    co_return std::move(outcome_);
  }

 private:
  net::aw<Result<void>> ExportKind(const FlowKind& kind) {
    json::Object input{{"InstanceId", instance_.id}, {"MaxResults", 100}};
    TL_CO_TRY(const json::Object found,
              co_await client_.CallAllPages("connect", std::string(kind.search), std::move(input)));
    std::vector<ListedFlow> flows;
    for (const json::Value& item : found.GetArray(kind.list))
      flows.push_back(Listed(kind, item.AsObject()));
    std::ranges::sort(flows, {}, &ListedFlow::name);
    for (ListedFlow& flow : flows) TL_CO_DO(co_await ExportFlow(kind, std::move(flow)));
    co_return Result<void>();
  }

  static ListedFlow Listed(const FlowKind& kind, const json::Object& body) {
    return {.id = std::string(body.GetString("Id")),
            .name = std::string(body.GetString("Name")),
            .type = kind.is_module ? "MODULE" : std::string(body.GetString("Type")),
            .version = std::string(body.GetString(kind.sha)),
            .body = body};
  }

  net::aw<Result<void>> ExportFlow(const FlowKind& kind, ListedFlow flow) {
    if (flow.body.GetString("State") == "ARCHIVED") {
      ++outcome_.archived;
      co_return Result<void>();
    }
    if (options_.wanted && !options_.wanted(flow)) {
      ++outcome_.unchanged;
      co_return Result<void>();
    }
    if (flow.body.GetString("Content").empty()) {
      const Result<void> described = co_await Describe(kind, flow);
      if (!described) {
        LeaveOut(flow, described.error().message());
        co_return Result<void>();
      }
    }
    co_return Take(kind, std::move(flow));
  }

  // A listing that leaves contents out, as services may.
  net::aw<Result<void>> Describe(const FlowKind& kind, ListedFlow& flow) {
    json::Object input{{"InstanceId", instance_.id}, {std::string(kind.id), flow.id}};
    TL_CO_TRY(const json::Object answer,
              co_await client_.Call("connect", std::string(kind.describe), std::move(input)));
    flow.body = answer.GetObject(kind.described);
    co_return Result<void>();
  }

  void LeaveOut(const ListedFlow& flow, std::string_view why) {
    outcome_.findings.push_back(
        {.severity = Severity::kError,
         .code = "TL-D011",
         .message = fmt::format("{} '{}' is left out: {}",
                                flow.type == "MODULE" ? "module" : "flow", flow.name, why),
         .hint = "run the same command again: what is done is not done again",
         .place = {},
         .source_line = {}});
  }

  Result<void> Take(const FlowKind& kind, ListedFlow flow) {
    Result<json::Value> content = json::Parse(flow.body.GetString("Content"));
    if (!content) {
      LeaveOut(flow, "its content is not JSON: " + content.error().message());
      return {};
    }
    std::vector<flow::Unresolved> unresolved = flow::Unlink(*content, inventory_.names);
    const auto sample = samples_.find(flow.name);
    if (!options_.samples && sample != samples_.end() &&
        sample->second == flow::NormalisedHash(json::Write(*content))) {
      ++outcome_.samples;
      return {};
    }
    TL_TRY(std::string text, FileText(kind, flow, std::move(*content)));
    ++outcome_.exported;
    return options_.take(
        {.listed = std::move(flow), .text = std::move(text), .unresolved = std::move(unresolved)});
  }

  static Result<std::string> FileText(const FlowKind& kind, const ListedFlow& flow,
                                      json::Value content) {
    json::Object file{{"Name", flow.name}};
    if (!kind.is_module) file.Set("ContactFlowType", flow.type);
    file.SetIfNotEmpty("Description", flow.body.GetString("Description"));
    if (json::Object tags = OwnTags(flow.body.GetObject("Tags")); !tags.empty())
      file.Set("Tags", std::move(tags));
    if (const std::string_view settings = flow.body.GetString("Settings"); !settings.empty())
      file.Set("Settings", Contract(settings));
    file.Set("Content", std::move(content));
    flow::Parsed parsed = flow::Parse(json::WritePretty(file), flow.name);
    if (!parsed.document) return Error(ErrorKind::kInvalid, "{}", parsed.findings.front().message);
    return flow::FormatText(*parsed.document);
  }

  const aws::Client client_;
  const ExportedInstance instance_;
  const ExportOptions options_;
  const std::map<std::string, std::string> samples_ = SampleHashes();
  Inventory inventory_;
  ExportOutcome outcome_;
};

bool IsMeant(const json::Object& one, std::string_view wanted) {
  return one.GetString("Id") == wanted || one.GetString("Arn") == wanted ||
         EqualsIgnoreCase(one.GetString("InstanceAlias"), wanted);
}

}  // namespace

net::aw<Result<ExportedInstance>> FindInstance(aws::Client client, std::string instance) {
  json::Object input;
  TL_CO_TRY(const json::Object listed,
            co_await client.CallAllPages("connect", "ListInstances", std::move(input)));
  std::vector<std::string> aliases;
  for (const json::Value& item : listed.GetArray("InstanceSummaryList")) {
    const json::Object& one = item.AsObject();
    if (IsMeant(one, instance))
      co_return ExportedInstance{.id = std::string(one.GetString("Id")),
                                 .alias = std::string(one.GetString("InstanceAlias"))};
    aliases.emplace_back(one.GetString("InstanceAlias"));
  }
  co_return Error(ErrorKind::kNotFound, "there is no instance '{}' in this account and Region; {}",
                  instance,
                  aliases.empty() ? "there is none at all" : "there is " + Join(aliases, ", "));
}

net::aw<Result<ExportOutcome>> Export(aws::Client client, ExportedInstance instance,
                                      ExportOptions options) {
  Exporter exporter(std::move(client), std::move(instance), std::move(options));
  co_return co_await exporter.Run();
}

}  // namespace trunkline::deploy
