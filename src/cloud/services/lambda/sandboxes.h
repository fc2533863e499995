// The warm processes of all functions: a resident of the engine, gone with the cloud.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cloud/engine.h"
#include "cloud/services/lambda/sandbox.h"

namespace trunkline::cloud::lambda {

// Which processes may serve an invocation: those of the same version with the same code and
// configuration.
struct SandboxKey {
  std::string function_arn;  // without qualifier
  std::string version;
  std::string build;
  auto operator<=>(const SandboxKey&) const = default;
};

class Sandboxes final : public Resident {
 public:
  explicit Sandboxes(Engine& engine) : loop_(engine.loop) {}
  void Reset() override;

  // An idle one, or null. Idle ones of other builds of the same version are ended.
  std::shared_ptr<Sandbox> Take(const SandboxKey& key);
  // Counts an invocation under way until Leave. False: `limit` are under way already.
  bool Enter(const std::string& function_arn, std::size_t limit);
  void Leave(const std::string& function_arn);
  // Keeps a live one warm for a minute, at most 64 altogether: the longest idle one goes first.
  void GiveBack(const SandboxKey& key, std::shared_ptr<Sandbox> sandbox);

 private:
  struct Idle {
    SandboxKey key;
    std::shared_ptr<Sandbox> sandbox;
    std::uint64_t ticket = 0;
  };
  net::aw<void> ExpireLater(std::uint64_t ticket);

  net::Loop& loop_;
  std::vector<Idle> idle_;  // longest idle first
  std::map<std::string, std::size_t> under_way_;
  std::uint64_t tickets_ = 0;
  std::shared_ptr<bool> there_ =
      std::make_shared<bool>(true);  // shared with ExpireLater, to see that we are gone
};

}  // namespace trunkline::cloud::lambda
