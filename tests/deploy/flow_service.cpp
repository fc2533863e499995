#include "tests/deploy/flow_service.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json_write.h"

namespace trunkline::deploy::tests {
namespace {

constexpr std::string_view kArn = "arn:aws:connect:eu-central-1:111122223333:instance/i-1";

std::string FlowArn(const std::string& id) {
  return fmt::format("{}/contact-flow/{}", kArn, id);
}

}  // namespace

FlowService::FlowService(aws::ScriptedAws& aws, std::string_view instance) : aws_(aws) {
  json::Object summary{
      {"Id", "i-1"}, {"Arn", kArn}, {"InstanceAlias", instance}, {"InstanceStatus", "ACTIVE"}};
  aws_.On("connect:ListInstances", json::Object{{"InstanceSummaryList", json::Array{summary}}});
  aws_.Guard([this](const aws::Call& call) { return Gate(call); });
  ScriptFlows();
  ScriptFunction();
}

void FlowService::AddFlow(std::string_view name, std::string_view content, json::Object tags) {
  Flow flow;
  flow.name = name;
  flow.content = content;
  flow.tags = std::move(tags);
  state_.flows.emplace(fmt::format("f-{}", state_.flows.size() + 1), std::move(flow));
  first_ = state_;
}

void FlowService::PutFunction(std::string name, std::string live_version, std::string hash) {
  state_.function = std::move(name);
  state_.versions = std::stoi(live_version);
  state_.live_version = std::move(live_version);
  state_.hash = std::move(hash);
  first_ = state_;
}

void FlowService::Reset() {
  state_ = first_;
  Continue();
}

void FlowService::Continue() {
  broken_ = static_cast<std::size_t>(-1);
  for_good_ = false;
  failed_.clear();
}

std::vector<std::string> FlowService::Names() const {
  std::vector<std::string> names;
  for (const auto& [id, flow] : state_.flows) names.push_back(flow.name);
  std::sort(names.begin(), names.end());
  return names;
}

std::string FlowService::Content(std::string_view name) const {
  for (const auto& [id, flow] : state_.flows) {
    if (flow.name == name) return flow.content;
  }
  return "";
}

std::string FlowService::ToText() const {
  std::string text;
  for (const auto& [id, flow] : state_.flows) {
    text += fmt::format("{} '{}' {} {} '{}' {}\n", id, flow.name, flow.state, flow.content,
                        flow.description, json::WriteSorted(flow.tags));
  }
  return text + fmt::format("map {} {}\n", state_.live_version, state_.hash);
}

void FlowService::Break(std::size_t call, std::string_view code) {
  calls_ = 0;
  broken_ = call;
  code_ = code;
}

void FlowService::StopAt(std::size_t call) {
  Break(call, "AccessDeniedException");
  for_good_ = true;
}

void FlowService::ThrottleContent(std::string_view content, int times) {
  throttled_ = content;
  throttles_ = times;
}

Result<void> FlowService::Gate(const aws::Call& call) {
  const std::size_t number = calls_++;
  if (number != broken_ && !(for_good_ && number > broken_)) return {};
  if (failed_.empty()) failed_ = call.operation;
  return aws::Refused(code_, "told to");
}

FlowService::Flow* FlowService::Find(const json::Object& input) {
  const auto found = state_.flows.find(std::string(input.GetString("ContactFlowId")));
  return found == state_.flows.end() ? nullptr : &found->second;
}

FlowService::Flow* FlowService::FindArn(const json::Object& input) {
  for (auto& [id, flow] : state_.flows) {
    if (FlowArn(id) == input.GetString("resourceArn")) return &flow;
  }
  return nullptr;
}

json::Object FlowService::Shown(const std::string& id, const Flow& flow, bool with_content) const {
  json::Object shown{{"Id", id},
                     {"Arn", FlowArn(id)},
                     {"Name", flow.name},
                     {"Type", flow.type},
                     {"State", flow.state},
                     {"Description", flow.description},
                     {"FlowContentSha256", ToHex(Sha256(flow.content))},
                     {"Tags", flow.tags}};
  if (with_content) shown.Set("Content", flow.content);
  return shown;
}

FlowService::Answer FlowService::Write(const json::Object& input) {
  const std::string_view content = input.GetString("Content");
  if (content == refused_) return aws::Refused("InvalidContactFlowException", "not valid");
  if (content == throttled_ && throttles_-- > 0) return aws::Refused("ThrottlingException");
  Find(input)->content = content;
  return json::Object();
}

void FlowService::ScriptFlows() {
  aws_.On("connect:SearchContactFlows", [this](const json::Object&) -> Answer {
    json::Array flows;
    for (const auto& [id, flow] : state_.flows) flows.emplace_back(Shown(id, flow, false));
    return json::Object{{"ContactFlows", std::move(flows)}};
  });
  aws_.On("connect:DescribeContactFlow", [this](const json::Object& input) -> Answer {
    const std::string id(input.GetString("ContactFlowId"));
    return json::Object{{"ContactFlow", Shown(id, *Find(input), true)}};
  });
  aws_.On("connect:CreateContactFlow", [this](const json::Object& input) -> Answer {
    Flow flow;
    flow.name = input.GetString("Name");
    flow.content = input.GetString("Content");
    flow.tags = input.GetObject("Tags");
    const std::string id = fmt::format("f-{}", state_.flows.size() + 1);
    state_.flows.emplace(id, std::move(flow));
    return json::Object{{"ContactFlowId", id}, {"ContactFlowArn", FlowArn(id)}};
  });
  aws_.On("connect:DeleteContactFlow", [this](const json::Object& input) -> Answer {
    state_.flows.erase(std::string(input.GetString("ContactFlowId")));
    return json::Object();
  });
  aws_.On("connect:UpdateContactFlowContent",
          [this](const json::Object& input) -> Answer { return Write(input); });
  aws_.On("connect:UpdateContactFlowMetadata", [this](const json::Object& input) -> Answer {
    Flow& flow = *Find(input);
    flow.name = input.GetString("Name", flow.name);
    flow.description = input.GetString("Description", flow.description);
    flow.state = input.GetString("ContactFlowState", flow.state);
    return json::Object();
  });
  aws_.On("connect:TagResource", [this](const json::Object& input) -> Answer {
    for (const json::Member& tag : input.GetObject("tags"))
      FindArn(input)->tags.Set(tag.key, tag.value);
    return json::Object();
  });
  aws_.On("connect:UntagResource", [this](const json::Object& input) -> Answer {
    for (const json::Value& key : input.GetArray("tagKeys"))
      FindArn(input)->tags.Remove(key.AsString());
    return json::Object();
  });
}

void FlowService::ScriptFunction() {
  aws_.On("lambda:GetFunction", [this](const json::Object& input) -> Answer {
    if (input.GetString("FunctionName") != state_.function)
      return aws::Refused("ResourceNotFoundException", "no function");
    json::Object tags{{"trunkline:managed", "true"}, {"trunkline:sha256", state_.hash}};
    return json::Object{{"Tags", std::move(tags)}};
  });
  aws_.On("connect:ListLambdaFunctions", [this](const json::Object&) -> Answer {
    const std::string arn =
        fmt::format("arn:aws:lambda:eu-central-1:111122223333:function:{}:live", state_.function);
    return json::Object{{"LambdaFunctions", json::Array{arn}}};
  });
  aws_.On("lambda:GetAlias", [this](const json::Object&) -> Answer {
    return json::Object{{"FunctionVersion", state_.live_version}};
  });
  aws_.On("lambda:PublishVersion", [this](const json::Object&) -> Answer {
    return json::Object{{"Version", std::to_string(++state_.versions)}};
  });
  aws_.On("lambda:UpdateAlias", [this](const json::Object& input) -> Answer {
    state_.live_version = input.GetString("FunctionVersion");
    return json::Object();
  });
  aws_.On("lambda:TagResource", [this](const json::Object& input) -> Answer {
    state_.hash = input.GetObject("Tags").GetString("trunkline:sha256", state_.hash);
    return json::Object();
  });
}

}  // namespace trunkline::deploy::tests
