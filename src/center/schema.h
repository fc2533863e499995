// JSON Schemas (2020-12) of the files a user writes, made from the same shapes that the readers
// check with. They are kept in schemas/, for editors; a test says when one is stale and writes it
// anew when asked to.
//
// What a schema cannot say stays with the reader: comments and trailing commas, names that must
// differ, references.
#pragma once

#include "base/json.h"
#include "center/file_kinds.h"

namespace trunkline::center {

json::Value MakeSchema(const FileKind& kind);

}  // namespace trunkline::center
