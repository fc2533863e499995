// The use cases behind `trunkline phone`: numbers of an environment's instance in one Region.
#pragma once

#include <string>
#include <vector>

#include "app/open_environment.h"
#include "deploy/phone.h"

namespace trunkline::app {

using deploy::NumberWish;
using deploy::PhoneNumber;

struct ClaimArgs {
  std::string number;  // empty: the first that `wish` finds
  NumberWish wish;
  std::string description;
  std::string flow;  // attached when it is claimed; empty: none
};

// All are of the environment's first Region unless args.region names another.
Result<std::vector<PhoneNumber>> SearchNumbers(AppWorld& world, const EnvironmentArgs& args,
                                               const NumberWish& wish);
Result<std::vector<PhoneNumber>> ListNumbers(AppWorld& world, const EnvironmentArgs& args);
Result<PhoneNumber> ClaimNumber(AppWorld& world, const EnvironmentArgs& args,
                                const ClaimArgs& claim);
Result<PhoneNumber> AttachNumber(AppWorld& world, const EnvironmentArgs& args,
                                 const std::string& number, const std::string& flow);
Result<PhoneNumber> ReleaseNumber(AppWorld& world, const EnvironmentArgs& args,
                                  const std::string& number);

// "+14155550100  US  DID  ACME_Main", a line for each.
std::string ToText(const std::vector<PhoneNumber>& numbers);
json::Object ToJson(const PhoneNumber& number);
json::Array ToJson(const std::vector<PhoneNumber>& numbers);

}  // namespace trunkline::app
