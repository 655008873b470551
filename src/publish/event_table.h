#pragma once

#include <string>
#include <vector>

#include "model/event.h"

namespace gavah::publish {

/// The header of the CSV of events: one row an event, RFC 4180, a count as two columns (KIND_low, KIND_high) of the
/// value that the rule chose; an unknown bound is an empty cell, never zero.
std::string csv_header();
/// The row of one event. A cell that a spreadsheet would take for a formula gets a leading apostrophe.
std::string csv_row(const Event& event);

/// One GeoJSON feature (RFC 7946, longitude before latitude). The geometry is null where the place is known only as an
/// area: a centre would be a point that nobody stated.
std::string geojson_feature(const Event& event);

}  // namespace gavah::publish
