// The builds that run now: a resident of the engine, gone with the cloud.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "cloud/engine.h"

namespace trunkline::cloud::codebuild {

// How a running build is ended from outside: by StopBuild, by its time limit, by a reset.
struct BuildControl {
  std::string ended;           // "STOPPED" or "TIMED_OUT"; empty: it goes on
  std::function<void()> kill;  // its processes; null while there are none

  void End(std::string_view status) {
    if (ended.empty()) ended = status;
    if (kill) kill();
  }
};

class RunningBuilds final : public Resident {
 public:
  // As many run at once, over all accounts; others wait in their queue. They share a machine that
  // is smaller than AWS.
  static constexpr std::size_t kMost = 10;

  explicit RunningBuilds(Engine& /*engine*/) {}
  void Reset() override {
    for (const auto& [id, weak] : running_) End(weak);
  }

  // Null: there are as many as may be. It runs as long as the answer is held. `id` is unique among
  // accounts and Regions: it holds a UUID.
  std::shared_ptr<BuildControl> Enter(const std::string& id) {
    std::erase_if(running_, [](const auto& one) { return one.second.expired(); });
    if (running_.size() >= kMost) return nullptr;
    auto control = std::make_shared<BuildControl>();
    running_[id] = control;
    return control;
  }
  void Stop(const std::string& id) {
    if (const auto found = running_.find(id); found != running_.end()) End(found->second);
  }

 private:
  static void End(const std::weak_ptr<BuildControl>& weak) {
    if (const auto control = weak.lock()) control->End("STOPPED");
  }

  std::map<std::string, std::weak_ptr<BuildControl>> running_;
};

}  // namespace trunkline::cloud::codebuild
