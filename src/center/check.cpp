#include "center/check.h"

#include <algorithm>
#include <map>

#include "base/files.h"
#include "center/check_references.h"
#include "center/reader.h"
#include "flow/modules.h"
#include "flow/symbols.h"
#include "flow/validate.h"

namespace trunkline::center {
namespace {

class CenterCheck {
 public:
  CenterCheck(const Center& center, const std::set<flow::ResourceKind>& unread)
      : center_(center), unread_(unread) {}

  Findings Run() {
    CheckUnique("queue", center_.queues);
    CheckUnique("hours of operation", center_.hours);
    CheckUnique("prompt", center_.prompts);
    CheckUnique("module", center_.modules);
    CheckUnique("flow", center_.flows);
    CheckUnique("function", center_.functions);
    CheckFunctionNames();
    CheckHours();
    CheckEnvironmentNames();
    Add(CheckReferences(center_, unread_));
    CheckFlows();
    return std::move(findings_);
  }

 private:
  void Say(std::string_view code, const Place& place, std::string message, std::string hint) {
    findings_.push_back(
        FindingAt(center_, Severity::kError, code, place, std::move(message), std::move(hint)));
  }

  void Add(const Findings& more) { findings_.insert(findings_.end(), more.begin(), more.end()); }

  // What the service would refuse when the flow is published. What it only might, is the linter's
  // to say.
  void CheckFlows() {
    std::vector<flow::Document> modules;
    for (const Flow& flow : center_.flows) AddErrors(flow.document);
    for (const Flow& module : center_.modules) {
      AddErrors(module.document);
      modules.push_back(module.document);
      modules.back().name = *module.name;
    }
    Add(flow::CheckModuleCycles(modules));
  }

  void AddErrors(const flow::Document& document) {
    for (Finding& finding : flow::Validate(document, flow::ValidateMode::kObserved).findings) {
      if (finding.severity == Severity::kError) findings_.push_back(std::move(finding));
    }
  }

  template <class T>
  void CheckUnique(std::string_view kind, const std::vector<T>& all) {
    std::map<std::string, Place> first;
    for (const T& one : all) {
      if (one.name->empty()) continue;
      const auto [before, is_new] = first.emplace(*one.name, one.name.place);
      if (is_new) continue;
      Say("TL-C101", one.name.place, fmt::format("{} '{}' is declared twice", kind, *one.name),
          fmt::format("the first is in {}:{}", before->second.file, before->second.line));
    }
  }

  void CheckFunctionNames() {
    for (const Function& function : center_.functions) {
      if (*function.name != flow::kMappingName) continue;
      Say("TL-C107", function.name.place,
          fmt::format("function '{}' is Trunkline's own, ${{lambda:{}}} means it", *function.name,
                      *function.name),
          "give this one another name");
    }
  }

  void CheckHours() {
    if (unread_.contains(flow::ResourceKind::kHours)) return;
    std::vector<std::string> names{std::string(kBasicHours)};
    for (const Hours& hours : center_.hours) names.push_back(*hours.name);
    for (const Queue& queue : center_.queues) {
      if (std::ranges::find(names, *queue.hours) != names.end()) continue;
      const std::string near = DidYouMean(*queue.hours, names);
      Say("TL-C102", queue.hours.place,
          fmt::format("hours of operation '{}' are not declared in this center", *queue.hours),
          !near.empty() ? near : "declare them in amzconnect-admin-objects/hours");
    }
  }

  void CheckEnvironmentNames() {
    for (const Text& approval : center_.settings.approvals) {
      const bool is_default = approval.place.file.empty();
      if (!is_default) CheckEnvironmentName(*approval, approval.place);
    }
    for (const auto& [name, shift] : center_.settings.shifts)
      CheckEnvironmentName(name, shift.place);
    for (const auto& [name, environment] : center_.settings.lint.environments)
      CheckEnvironmentName(name, environment.place);
  }

  void CheckEnvironmentName(const std::string& name, const Place& place) {
    std::vector<std::string> names;
    for (const Environment& environment : center_.environments) names.push_back(*environment.name);
    if (std::ranges::find(names, name) != names.end()) return;
    Say("TL-C103", place, fmt::format("environment '{}' is not declared in accountvars.json", name),
        DidYouMean(name, names));
  }

  const Center& center_;
  const std::set<flow::ResourceKind>& unread_;
  Findings findings_;
};

class TargetCheck {
 public:
  TargetCheck(const Center& center, const Environment& environment)
      : center_(center), environment_(environment) {}

  Findings Run() {
    CheckEnvironment();
    CheckNames();
    return std::move(findings_);
  }

 private:
  void Say(std::string_view code, const Place& place, std::string message, std::string hint) {
    findings_.push_back(
        FindingAt(center_, Severity::kError, code, place, std::move(message), std::move(hint)));
  }

  void CheckEnvironment() {
    if (!environment_.enabled) {
      Say("TL-C110", environment_.name.place,
          fmt::format("environment '{}' is not enabled", *environment_.name),
          "set \"enabled\": true to deliver to it");
    }
    if (environment_.account->starts_with("X")) {
      Say("TL-C111", environment_.account.place,
          fmt::format("expected the account of environment '{}' to be an account id of 12 digits "
                      "but got the placeholder '{}'",
                      *environment_.name, *environment_.account),
          "");
    }
  }

  void CheckNames() {
    if (!center_.instance) {
      const Place file{.file =
                           JoinPath(center_.folder,
                                    "amzconnect-instance/lib/instance-stack/configuration.json")};
      return Say("TL-C112", file, "this file is missing, it names the instance to deliver to", "");
    }
    for (const Text& region : environment_.regions) {
      CheckInstanceName(InstanceName(center_, environment_, *region));
      CheckBucketName(BucketName(center_, environment_, *region));
    }
  }

  // 1 to 45 characters, not d-...: CreateInstance's InstanceAlias.
  void CheckInstanceName(const std::string& name) {
    constexpr std::size_t kLongest = 45;
    if (name.size() <= kLongest) return;
    Say("TL-C113", center_.instance->alias.place,
        fmt::format("instance alias '{}' has {} characters, Amazon Connect takes at most {}", name,
                    name.size(), kLongest),
        fmt::format("shorten it by {}", name.size() - kLongest));
  }

  // S3's rules for names, without the older ones of us-east-1.
  void CheckBucketName(const std::string& name) {
    constexpr std::size_t kLongest = 63;
    const Place& place = center_.instance->bucket.place;
    if (name.size() > kLongest) {
      Say("TL-C114", place,
          fmt::format("bucket name '{}' has {} characters, Amazon S3 takes at most {}", name,
                      name.size(), kLongest),
          fmt::format("shorten it by {}", name.size() - kLongest));
    } else if (name.find("..") != std::string::npos || name.find(".-") != std::string::npos ||
               name.find("-.") != std::string::npos) {
      Say("TL-C114", place,
          fmt::format("bucket name '{}' has a period beside a period or hyphen, which Amazon S3 "
                      "does not take",
                      name),
          "");
    }
  }

  const Center& center_;
  const Environment& environment_;
  Findings findings_;
};

}  // namespace

Findings CheckCenter(const Center& center, const std::set<flow::ResourceKind>& unread) {
  return CenterCheck(center, unread).Run();
}

Findings CheckTarget(const Center& center, const Environment& environment) {
  return TargetCheck(center, environment).Run();
}

}  // namespace trunkline::center
