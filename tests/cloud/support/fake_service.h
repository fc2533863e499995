// A service of tests: handlers of ours behind the rows of a real model.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "cloud/operation.h"

namespace trunkline::cloud::tests {

// Keeps the tables that Service and CloudOptions only point at. It must outlive the cloud.
class FakeServices {
 public:
  void Add(std::string_view model, std::vector<Operation> operations) {
    auto part = std::make_unique<Part>();
    part->operations = std::move(operations);
    part->family = part->operations;
    part->families = {&part->family};
    part->service = {.model = model, .families = part->families};
    all_.push_back(&part->service);
    parts_.push_back(std::move(part));
  }
  std::span<const Service* const> all() const { return all_; }

 private:
  struct Part {
    std::vector<Operation> operations;
    Family family;
    std::vector<const Family*> families;
    Service service;
  };
  std::vector<std::unique_ptr<Part>> parts_;
  std::vector<const Service*> all_;
};

}  // namespace trunkline::cloud::tests
