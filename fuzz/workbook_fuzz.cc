// rooms: capture model base
// Workbooks, stored rather than deflated so that a change of one byte reaches the XML; rows of sheets alone.
#include "base/sheet_row.h"
#include "read_and_walk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::read_and_walk(bytes, "a.xlsx");
  const auto draft = gavah::capture::draft_table(gavah::MemorySource(bytes), "a.xlsx");
  static_cast<void>(draft);
  const auto cells = gavah::sheet_cells(bytes);
  if (!cells) return 0;
  for (const auto& cell : *cells) gavah::date_of_serial(cell.text(bytes), gavah::SheetEpoch::from_1900);
  return 0;
}
