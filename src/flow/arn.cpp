#include "flow/arn.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace trunkline::flow {
namespace {

struct ConnectFolder {
  std::string_view folder;  // behind instance/<id>/
  ResourceKind kind;
};
constexpr ConnectFolder kConnectFolders[] = {
    {"contact-flow/", ResourceKind::kFlow},
    {"flow-module/", ResourceKind::kModule},
    {"queue/", ResourceKind::kQueue},
    {"prompt/", ResourceKind::kPrompt},
    {"operating-hours/", ResourceKind::kHours},
    {"agent/", ResourceKind::kUser},
    {"view/", ResourceKind::kView},
    {"data-table/", ResourceKind::kDataTable},
    {"task-template/", ResourceKind::kTaskTemplate},
};

void ClassifyConnect(Arn& arn) {
  std::string_view rest = arn.resource;
  if (rest.starts_with("phone-number/")) {
    arn.kind = ResourceKind::kNumber;
    arn.id = rest.substr(rest.find('/') + 1);
    return;
  }
  if (rest.starts_with("instance/")) {
    rest.remove_prefix(std::string_view("instance/").size());
    arn.instance = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(arn.instance.size() + 1, rest.size()));
  }
  for (const ConnectFolder& folder : kConnectFolders) {
    if (!rest.starts_with(folder.folder)) continue;
    arn.kind = folder.kind;
    arn.id = rest.substr(folder.folder.size());
  }
  // An agent's own queue belongs to the agent: it is named by the user, not by a queue's name.
  if (arn.kind == ResourceKind::kQueue && arn.id.starts_with("agent/")) {
    arn.kind = ResourceKind::kUser;
    arn.id.erase(0, std::string_view("agent/").size());
  }
}

void Classify(Arn& arn) {
  const auto behind = [&](std::string_view prefix, ResourceKind kind) {
    if (!arn.resource.starts_with(prefix)) return;
    arn.kind = kind;
    arn.id = arn.resource.substr(prefix.size());
  };
  if (arn.service == "connect") ClassifyConnect(arn);
  if (arn.service == "lambda") behind("function:", ResourceKind::kLambda);
  if (arn.service == "lex") behind("bot-alias/", ResourceKind::kBot);
  if (arn.service == "wisdom") behind("assistant/", ResourceKind::kAssistant);
}

}  // namespace

std::optional<Arn> ParseArn(std::string_view text) {
  constexpr std::size_t kParts = 6;
  if (!text.starts_with("arn:") || text.find_first_of(" \t\r\n\"'`") != std::string_view::npos)
    return std::nullopt;
  std::vector<std::string_view> parts;
  std::string_view rest = text;
  while (parts.size() + 1 < kParts) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    parts.push_back(rest.substr(0, colon));
    rest.remove_prefix(colon + 1);
  }
  if (parts[1].empty() || parts[2].empty() || rest.empty()) return std::nullopt;
  Arn arn{.partition = std::string(parts[1]),
          .service = std::string(parts[2]),
          .region = std::string(parts[3]),
          .account = std::string(parts[4]),
          .resource = std::string(rest),
          .instance = {},
          .id = {}};
  Classify(arn);
  return arn;
}

bool IsUuid(std::string_view text) {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (kShape[i] == '-' ? c != '-' : !hex) return false;
  }
  return true;
}

}  // namespace trunkline::flow
