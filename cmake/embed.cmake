# trunkline_embed(<target> <symbol> <folder> <header>): puts every file below <folder> into <target> as bytes.
# In C++ the files are `trunkline::<symbol>()`, a span of base/embedded.h's EmbeddedFile, sorted by name.
function(trunkline_embed target symbol folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/${folder} ${CMAKE_SOURCE_DIR}/${folder}/*)
  list(SORT files)
  set(asm "  .section .rodata\n")
  set(externs "")
  set(rows "")
  set(index 0)
  set(depends "")
  foreach(file IN LISTS files)
    string(APPEND asm "  .global tl_${symbol}_${index}\n  .global tl_${symbol}_${index}_end\ntl_${symbol}_${index}:\n"
      "  .incbin \"${CMAKE_SOURCE_DIR}/${folder}/${file}\"\ntl_${symbol}_${index}_end:\n  .byte 0\n")
    string(APPEND externs "extern const char tl_${symbol}_${index}[], tl_${symbol}_${index}_end[];\n")
    string(APPEND rows "      Row(\"${file}\", tl_${symbol}_${index}, tl_${symbol}_${index}_end),\n")
    list(APPEND depends ${CMAKE_SOURCE_DIR}/${folder}/${file})
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND asm "  .section .note.GNU-stack,\"\",@progbits\n")
  set(base ${CMAKE_BINARY_DIR}/embed/${symbol})
  file(CONFIGURE OUTPUT ${base}.S CONTENT "${asm}" @ONLY)
  file(CONFIGURE OUTPUT ${base}.cpp CONTENT "#include \"base/embedded.h\"

extern \"C\" {
${externs}}

namespace trunkline {
namespace {
EmbeddedFile Row(std::string_view name, const char* begin, const char* end) {
  return {.name = name, .bytes = {begin, static_cast<std::size_t>(end - begin)}};
}
}  // namespace

std::span<const EmbeddedFile> ${symbol}() {
  static const EmbeddedFile kFiles[] = {
${rows}  };
  return kFiles;
}
}  // namespace trunkline
" @ONLY)
  set_source_files_properties(${base}.S PROPERTIES OBJECT_DEPENDS "${depends}")
  target_sources(${target} PRIVATE ${base}.S ${base}.cpp)
endfunction()
