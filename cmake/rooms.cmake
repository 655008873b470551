# gavah_room(NAME [NO_PCH] [DEPS room...] [LIBS library...])
# A room is a folder of src/: its *.cc become the library gavah_NAME, its *_test.cc the test NAME_test.
# DEPS are rooms of lower floors (tools/check_layers checks the includes themselves).
find_package(GTest REQUIRED)
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)

function(gavah_room name)
  cmake_parse_arguments(ROOM "NO_PCH" "" "DEPS;LIBS;TEST_DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc")
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")

  add_library(gavah_${name} STATIC ${sources})
  target_include_directories(gavah_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  list(TRANSFORM ROOM_DEPS PREPEND gavah_ OUTPUT_VARIABLE deps)
  target_link_libraries(gavah_${name} PUBLIC ${deps} PRIVATE ${ROOM_LIBS} fmt::fmt Threads::Threads)
  if(ROOM_NO_PCH)
    # A library of this room defines macros of its own.
  elseif(name STREQUAL "base")
    target_precompile_headers(gavah_base PRIVATE "${CMAKE_SOURCE_DIR}/cmake/pch.h")
  else()
    target_precompile_headers(gavah_${name} REUSE_FROM gavah_base)
  endif()

  if(GAVAH_TESTS AND tests)
    add_executable(${name}_test ${tests})
    list(TRANSFORM ROOM_TEST_DEPS PREPEND gavah_ OUTPUT_VARIABLE test_deps)
    target_link_libraries(${name}_test PRIVATE gavah_${name} ${test_deps} GTest::gtest GTest::gmock GTest::gtest_main fmt::fmt Threads::Threads)
    target_compile_definitions(${name}_test PRIVATE "GAVAH_SOURCE_DIR=\"${CMAKE_SOURCE_DIR}\"")
    add_test(NAME ${name}_test COMMAND ${name}_test)
  endif()
endfunction()
