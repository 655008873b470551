#pragma once

#include <vector>

#include "capture/capture.h"
#include "confine/confine.h"
#include "model/capture.h"
#include "model/report.h"

namespace gavah::pipeline {

// What travels between a confined worker and this program, as flat bytes. Reading checks everything: a worker may have
// been taken over by what it read. What has no form refuses the reader (confine::FlatReader::ok).

/// Everything but Part::capture, which the reader's caller knows.
void write_flat(confine::FlatWriter& out, const Part& part);
Part read_flat_part(confine::FlatReader& in);

void write_flat(confine::FlatWriter& out, const capture::Container& container);
capture::Container read_flat_container(confine::FlatReader& in);

/// Everything but Report::capture, part and path, which the reader's caller knows. Refuses text that is not UTF-8, and
/// spans and pieces that do not lie in the text in order.
void write_flat(confine::FlatWriter& out, const Report& report);
Report read_flat_report(confine::FlatReader& in);

}  // namespace gavah::pipeline
