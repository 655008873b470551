# gavah_embed(TARGET LOOKUP ROOTS file...)
# Makes library TARGET with `std::optional<std::string_view> gavah::LOOKUP(std::string_view path)`, which
# gives the bytes of each file under its path relative to the first of ROOTS that holds it. The bytes live for the whole program.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(gavah_embed target lookup roots)
  list(TRANSFORM roots PREPEND "--root=")
  set(out "${CMAKE_CURRENT_BINARY_DIR}/${target}")
  add_custom_command(
    OUTPUT "${out}.S" "${out}.cc"
    COMMAND Python3::Interpreter "${CMAKE_SOURCE_DIR}/tools/embed_data" --lookup ${lookup} ${roots} --out "${out}" ${ARGN}
    DEPENDS ${ARGN} "${CMAKE_SOURCE_DIR}/tools/embed_data"
    VERBATIM)
  add_library(${target} STATIC "${out}.S" "${out}.cc")
  set_source_files_properties("${out}.S" PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/src")
endfunction()
