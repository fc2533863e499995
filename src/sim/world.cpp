#include "sim/world.h"

#include <algorithm>

namespace trunkline::sim {
namespace {

// Connect writes draft and version suffixes behind a flow's id and ARN; a running contact uses what
// is published.
std::string_view WithoutStatus(std::string_view reference) {
  for (const std::string_view suffix : {":$LATEST", "$LATEST", ":$SAVED", "$SAVED"}) {
    if (reference.ends_with(suffix)) return reference.substr(0, reference.size() - suffix.size());
  }
  return reference;
}

template <class Resource>
const Resource* Find(const std::vector<Resource>& all, std::string_view reference) {
  if (reference.empty()) return nullptr;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Resource& one) {
    return one.id == reference || one.arn == reference;
  });
  return found == all.end() ? nullptr : &*found;
}

const NamedArn* FindArn(const std::vector<NamedArn>& known, std::string_view arn) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const NamedArn& one) { return one.arn == arn; });
  return found == known.end() ? nullptr : &*found;
}

// "arn:aws:lambda:r:a:function:name:alias" -> "name".
std::string_view FunctionPart(std::string_view arn) {
  const auto function = arn.find(":function:");
  if (function == std::string_view::npos) return arn;
  const std::string_view name = arn.substr(function + 10);
  return name.substr(0, name.find(':'));
}

}  // namespace

const FlowResource* World::FindFlow(std::string_view reference) const {
  return Find(flows, WithoutStatus(reference));
}

const Queue* World::FindQueue(std::string_view reference) const {
  return Find(queues, reference);
}

const HoursOfOperation* World::FindHours(std::string_view reference) const {
  return Find(hours, reference);
}

const Prompt* World::FindPrompt(std::string_view reference) const {
  return Find(prompts, reference);
}

const Agent* World::FindAgent(std::string_view reference) const {
  if (const Agent* agent = Find(agents, reference)) return agent;
  const auto named = std::find_if(agents.begin(), agents.end(),
                                  [&](const Agent& agent) { return agent.user_name == reference; });
  return named == agents.end() ? nullptr : &*named;
}

const FlowResource* World::FindModule(std::string_view reference) const {
  const std::string_view plain = WithoutStatus(reference);
  for (const ModuleResource& module : modules) {
    for (const std::string_view own :
         {std::string_view(module.latest.id), std::string_view(module.latest.arn)}) {
      if (own.empty() || !plain.starts_with(own)) continue;
      const std::string_view rest = plain.substr(own.size());
      if (rest.empty()) return &module.latest;
      if (rest.front() != ':') continue;
      const auto version = module.versions.find(std::string(rest.substr(1)));
      if (version != module.versions.end()) return &version->second;
    }
  }
  return nullptr;
}

const Agent* World::AgentFor(const Queue& queue) const {
  const auto found = std::find_if(agents.begin(), agents.end(), [&](const Agent& agent) {
    return agent.queues.empty() ||
           std::find(agent.queues.begin(), agent.queues.end(), queue.id) != agent.queues.end();
  });
  return found == agents.end() ? nullptr : &*found;
}

std::string World::FunctionName(std::string_view arn) const {
  const NamedArn* known = FindArn(functions, arn);
  return known != nullptr ? known->name : std::string(FunctionPart(arn));
}

std::string World::BotName(std::string_view alias_arn) const {
  const NamedArn* known = FindArn(bots, alias_arn);
  if (known != nullptr) return known->name;
  return std::string(alias_arn.substr(alias_arn.rfind('/') + 1));
}

}  // namespace trunkline::sim
