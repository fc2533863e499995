#include "tests/aws/samples.h"

#include <algorithm>

namespace trunkline::aws {
namespace {

class Sampler {
 public:
  explicit Sampler(Fullness fullness) : fullness_(fullness) {}

  json::Object Structure(const Shape& shape) {
    open_.push_back(&shape);
    json::Object object;
    for (const MemberRow& member : shape.members) {
      const bool wanted = member.required || fullness_ == Fullness::kMaximal;
      if (!wanted || Recurs(*member.shape)) continue;
      object.Set(member.name, Member(member));
      if (shape.union_) break;
    }
    open_.pop_back();
    return object;
  }

 private:
  bool Recurs(const Shape& shape) const { return std::ranges::find(open_, &shape) != open_.end(); }

  json::Value Member(const MemberRow& member) {
    if (member.location == Location::kStatus) return 200;
    // Labels and keys meet everything that has to be escaped; header values may not.
    if (member.shape->type == Type::kString && member.shape->enumeration.empty()) {
      const bool header = member.location == Location::kHeader;
      return header ? "a header's text" : "a/b c:d%2F+e=&\"<\xC3\xA9>'\\";
    }
    return Any(*member.shape);
  }

  json::Value Any(const Shape& shape) {
    switch (shape.type) {
      case Type::kStructure:
        return Structure(shape);
      case Type::kList:
        return List(shape);
      case Type::kMap:
        return Map(shape);
      case Type::kString:
        return shape.enumeration.empty() ? "text" : shape.enumeration.front();
      case Type::kBlob:
        return std::string("\x00\xFFz", 3);
      case Type::kBoolean:
        return true;
      case Type::kInteger:
        return 7;
      case Type::kLong:
        return std::int64_t{1234567890123};
      case Type::kFloat:
        return 1.5;
      case Type::kTimestamp:
        return 1700000000;
      case Type::kDocument:
        return json::Object{{"free", json::Array{1, "form"}}};
    }
    return {};
  }

  json::Value List(const Shape& shape) {
    open_.push_back(&shape);
    json::Array items;
    if (!Recurs(*shape.item.shape)) {
      items.push_back(Any(*shape.item.shape));
      items.push_back(Any(*shape.item.shape));
    }
    open_.pop_back();
    return items;
  }

  json::Value Map(const Shape& shape) {
    open_.push_back(&shape);
    json::Object entries;
    const auto& keys = shape.key.shape->enumeration;
    if (!Recurs(*shape.item.shape)) {
      entries.Set(keys.empty() ? "key-1" : keys.front(), Any(*shape.item.shape));
      if (keys.empty()) entries.Set("key-2", Any(*shape.item.shape));
    }
    open_.pop_back();
    return entries;
  }

  Fullness fullness_;
  std::vector<const Shape*> open_;
};

}  // namespace

json::Object SampleOf(const Shape& shape, Fullness fullness) {
  return Sampler(fullness).Structure(shape);
}

}  // namespace trunkline::aws
