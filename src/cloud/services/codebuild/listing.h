// Pages of ids, ascending or descending, as all listings of CodeBuild have them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/context.h"

namespace trunkline::cloud::codebuild {

struct Listed {
  std::string key;  // what it is ordered by; unique
  std::string id;
};

struct ListingForm {
  std::string_view name;      // of the operation: a token is good for it and its filter only
  std::string_view member;    // of the answer
  bool newest_first = false;  // when the caller does not say sortOrder
};

// `input` may hold sortOrder, nextToken and maxResults (100 at most, and without it).
Answer<> ListIds(const ListingForm& form, std::vector<Listed> items, const json::Object& input);

}  // namespace trunkline::cloud::codebuild
