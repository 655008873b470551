# Warnings, sanitizers, linker and compiler cache: the same for every target.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror
                    -fno-omit-frame-pointer)
# Two builds in two folders give the same bytes.
add_compile_options("-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=" "-ffile-prefix-map=${CMAKE_BINARY_DIR}/=")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these inside libstdc++'s own inlined code at -O2 (GCC bug 105329 and relatives).
  add_compile_options(-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds -Wno-maybe-uninitialized)
endif()

if(GAVAH_SANITIZE)
  add_compile_options(-fsanitize=${GAVAH_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${GAVAH_SANITIZE})
endif()

if(GAVAH_FUZZ)
  # Every room counts its branches, so that the fuzzers find their way.
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()

find_program(GAVAH_MOLD mold)
if(GAVAH_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
find_program(GAVAH_CCACHE ccache)
if(GAVAH_CCACHE)
  # Paths are made relative so that a second clone hits the same cache; precompiled headers need the sloppiness.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
      "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime" ${GAVAH_CCACHE})
endif()
