// Signals to wait conditions, by the token of their handle or the id of their resource.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"

namespace trunkline::cloud::cloudformation {

struct Signal {
  std::string unique_id;  // one that comes again replaces the one before
  bool success = false;
  std::string reason;
  std::string data;
};

void PutSignal(Context& context, std::string_view key, const Signal& signal);
void PutSignalIn(Store& store, std::string_view key, const Signal& signal);
std::vector<Signal> ListSignals(Context& context, std::string_view key);
void DropSignals(Context& context, std::string_view key);

}  // namespace trunkline::cloud::cloudformation
