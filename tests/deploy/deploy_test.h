// DeployTest: a small center, what is live, and a scripted AWS to deliver it to.
//
// The center starts with an instance 'acme' in environment dev and nothing else; tests add what
// they are about.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "center/center.h"
#include "deploy/apply.h"
#include "deploy/plan.h"
#include "tests/aws/scripted_aws.h"

namespace trunkline::deploy::tests {

using aws::Call;
using aws::Refused;
using aws::ScriptedAws;

inline constexpr std::string_view kAccount = "111122223333";
inline constexpr std::string_view kRegion = "eu-central-1";
inline constexpr std::string_view kInstance = "acme-dev-eu-central-1";
inline constexpr std::string_view kInstanceArn =
    "arn:aws:connect:eu-central-1:111122223333:instance/i-1";

// What a delivery told, in words: "started queue:Sales".
class RecordedProgress final : public Progress {
 public:
  void Started(const Target& target, const Change& change) override;
  void Done(const Target& target, const Change& change) override;
  void Failed(const Target& target, const Change& change, const Error& error) override;
  void Told(const Target& target, const Change& change, const std::string& what) override;
  void Restored(const Target& target, const Change& change) override;
  void NotRestored(const Target& target, const Change& change, const Error& error) override;

  std::vector<std::string> events;
  std::size_t under_way = 0;
  std::size_t most_under_way = 0;
  std::function<void(const std::string& event)> on_event;

 private:
  void Tell(std::string event);
};

class DeployTest : public ::testing::Test {
 protected:
  std::string boundary;                   // of roles that are made; empty: none
  std::string access_key{aws::kTestKey};  // set before the first delivery
  DeployTest();

  // ---- the center
  center::Queue& AddQueue(std::string_view name, std::string_view hours = "Basic Hours");
  center::Hours& AddHours(std::string_view name);
  center::Prompt& AddPrompt(std::string_view name);
  center::Function& AddFunction(std::string_view name);
  center::Bot& AddBot(std::string_view name);
  // `content` is bare flow language.
  center::Flow& AddFlow(std::string_view name, std::string_view content);
  center::Flow& AddModule(std::string_view name, std::string_view content);
  // A center without the mapping function: it declares one itself.
  void BringOwnMapping();

  // ---- what is live
  void HaveInstance(std::string_view status = "ACTIVE");
  LiveResource& Have(std::string_view kind, std::string_view name, std::string_view hash = {});

  // ---- delivering
  Plan MakePlan(std::string_view project = {}) { return deploy::MakePlan(target(), live, project); }
  Target target() const { return MakeTarget(center, center.environments.front(), region); }
  Result<Live> Read();
  Applied Apply(const Plan& plan, ApplyOptions options = {});
  // One change by its kind and name, of `action`.
  Applied ApplyOne(std::string_view kind, std::string_view name, Action action = Action::kCreate);

  std::string region{kRegion};
  center::Center center;
  Live live;
  ScriptedAws aws;
  RecordedProgress progress;
  std::string bootstrap = "the program";

 private:
  DeployWorld World();
  // One for the whole test: each reads the services' models anew.
  aws::Client Client();

  std::optional<aws::Client> client_;
};

// The ids of a plan's changes, internal ones too.
std::vector<std::string> Ids(const std::vector<Change>& changes);
std::vector<std::string> Codes(const Findings& findings);

// A valid flow of one action that has one parameter, which names something.
std::string NamingFlow(std::string_view type, std::string_view parameter, std::string_view value);
std::string QueueFlow(std::string_view queue);  // sets the queue by "${queue:<queue>}"
std::string QuietFlow();                        // hangs up

}  // namespace trunkline::deploy::tests
