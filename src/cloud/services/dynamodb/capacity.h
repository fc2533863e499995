// Capacity units, and how answers tell of them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

double ReadUnits(std::size_t bytes, bool consistent);
double WriteUnits(std::size_t bytes);

// What was used of one table.
struct Consumed {
  std::string table;
  double units = 0;
  std::map<std::string, double> local;
  std::map<std::string, double> global;

  void AddIndex(const Index& index, double more);
  void Add(const Consumed& other);
};

// As ReturnConsumedCapacity asks ("TOTAL", "INDEXES"); `kind` names the units that transactions
// tell apart, or is empty.
json::Object Shown(const Consumed& consumed, std::string_view asked, std::string_view kind = {});
// Adds ConsumedCapacity to an answer, where the input asks for it.
void Report(json::Object& output, const json::Object& input, const Consumed& consumed);
bool WantsCapacity(const json::Object& input);

}  // namespace trunkline::cloud::dynamodb
