// Usage: which statements of which policies let calls through since the cloud started, and which of
// them were needed: without it, at least one call would have been refused (or let through, for a
// Deny). With `up --enforce-iam` every decision is counted; GET /_trunkline/access shows it.
//
// Needed is found by asking again as if the statement were not there: one more evaluation for each
// statement that speaks for a call. Counts are in memory, and bounded by what policies hold.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "cloud/access/evaluate.h"
#include "cloud/context.h"

namespace trunkline::cloud::access {

// What a policy is to the call that it was asked about.
enum class Sort { kIdentity, kBoundary, kResource, kTrust };
std::string_view WordOf(Sort sort);  // "identity", "boundary", "resource", "trust"

struct PolicyKey {
  Sort sort;
  std::string account;  // whose; "aws" for policies that AWS manages
  std::string name;     // "inline policy 'trunkline' of role 'x'"
  auto operator<=>(const PolicyKey&) const = default;
};

struct Count {
  std::uint64_t used = 0;    // decisions that it speaks for
  std::uint64_t needed = 0;  // those that come out otherwise without it
};

struct StatementCount {
  Count all;
  // By the patterns that the statement is written with, actions in lower case.
  std::map<std::string, Count, std::less<>> actions;
  std::map<std::string, Count, std::less<>> resources;
};

struct PolicyCount {
  std::shared_ptr<const Policy> policy;                           // as it was last seen
  std::map<std::string, StatementCount, std::less<>> statements;  // by Statement::name
};

// A call that was refused.
struct Refusal {
  std::string principal;  // the role's or user's ARN, or a service
  std::string action;
  std::string resource;
  std::string why;
  auto operator<=>(const Refusal&) const = default;
};

class Usage {
 public:
  // After Evaluate answered `decision`.
  void Note(const Call& call, const Policies& policies, const Decision& decision);
  // A service that acts for itself: only a trust policy, or a resource's, was asked, by each of the
  // service's names.
  void NoteService(const PolicyKey& key, const NamedPolicy& policy, std::span<const Call> calls,
                   bool lets);
  // Knows of a policy that no call was decided by; one that is known already is read anew.
  void Know(const PolicyKey& key, std::shared_ptr<const Policy> policy);
  void Forget();

  const std::map<PolicyKey, PolicyCount>& policies() const { return policies_; }
  const std::map<Refusal, std::uint64_t>& refusals() const { return refusals_; }
  std::uint64_t refusals_left_out() const { return refusals_left_out_; }
  std::uint64_t decisions() const { return decisions_; }

 private:
  // More different ones are only counted.
  static constexpr std::size_t kMaxRefusals = 1000;

  void Refuse(Refusal refusal);

  std::map<PolicyKey, PolicyCount> policies_;
  std::map<Refusal, std::uint64_t> refusals_;
  std::uint64_t refusals_left_out_ = 0;
  std::uint64_t decisions_ = 0;
};

// The key of a policy of a caller or role of `account`; those of managed policies are their own.
PolicyKey KeyOf(Sort sort, std::string_view account, std::string_view name);
PolicyKey TrustKey(std::string_view account, std::string_view role);

// Evaluate, counted if the cloud counts.
Decision Decide(const Context& context, const Call& call, const Policies& policies);

}  // namespace trunkline::cloud::access
