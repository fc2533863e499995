// Source: one JSON file of the monorepo, read and checked against its shape. Findings are collected
// in the Reading; what is readable is handed on even when something else in the file is wrong, so
// that one mistake does not look like twenty ("queue 'Sales' is not declared" because its
// description is too long).
//
// Codes: TL-C001 a file is missing or cannot be read, TL-C002 wrong type, TL-C003 a member is
// missing, TL-C004 unknown member, TL-C005 not one of the allowed words, TL-C006 not of the
// expected form, TL-C007 out of range, TL-C008 a name is given twice, TL-C009 known but not
// delivered by this program. The text itself: TL-J0xx (base/json_read.h).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/files.h"
#include "base/finding.h"
#include "base/json.h"
#include "center/center.h"
#include "center/shape.h"
#include "flow/catalogue.h"

namespace trunkline::center {

// What the readers of all files share: where they read, and what they fill.
struct Reading {
  const Files& files;
  Center center;
  Findings findings;
  // Kinds of which a file could not be read: a name that seems to be missing may be in it.
  std::set<flow::ResourceKind> unread = {};

  // A path below the monorepo's folder.
  std::string Path(std::string_view below) const;
  bool Has(std::string_view below) const { return files.Exists(Path(below)); }
  // What is in a folder below the monorepo's; nothing without the folder. One that cannot be listed
  // is a finding: it would look like an empty one.
  std::vector<FileEntry> List(std::string_view below);
  // A finding about a whole file or folder, without a line.
  void Say(Severity severity, std::string_view code, std::string file, std::string message,
           std::string hint = {});
  // A file that could not be read, by its path.
  void NoteUnread(std::string_view path);
};

class Source {
 public:
  // Reads and checks a file; nothing when it cannot be read or is not JSON, which is then a
  // finding. `normalize` changes the document's spelling before it is checked
  // (center/bot_spelling.h).
  static std::optional<Source> Open(Reading& reading, const std::string& path, const Field& shape,
                                    json::Value (*normalize)(json::Value) = nullptr);

  const std::string& file() const { return file_; }
  const json::Value& root() const { return root_; }

  Place PlaceOf(const json::Value& value) const;
  std::string LineOf(const json::Value& value) const;  // the line of the file it begins in
  void Say(Severity severity, std::string_view code, const Place& place, std::string message,
           std::string hint = {});

  // A string member with its place; the fallback, placed nowhere, where it is missing or of another
  // type.
  Text Get(const json::Object& object, std::string_view key, std::string_view fallback = {}) const;
  // Same for the entries of a list of strings.
  std::vector<Text> GetList(const json::Object& object, std::string_view key) const;

 private:
  Source(Reading& reading, std::string file, std::string_view text, json::Value root)
      : reading_(&reading), file_(std::move(file)), text_(text), root_(std::move(root)) {}

  friend class Checker;

  Reading* reading_;
  std::string file_;
  std::string_view text_;  // owned by reading.center.texts, whose nodes stay put
  json::Value root_;
};

// "did you mean 'x'?", or nothing when no candidate is near.
std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates);

// Name and value pairs of the API's Tags member.
Tags ReadTags(const json::Object& object);

}  // namespace trunkline::center
