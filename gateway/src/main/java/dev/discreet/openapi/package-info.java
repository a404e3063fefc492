/**
 * From an OpenAPI 3.0 or 3.1 document to routes, and where the two disagree. {@link
 * dev.discreet.openapi.TreeReader} reads the document, {@link dev.discreet.openapi.OpenApi} finds
 * its operations, {@link dev.discreet.openapi.RouteDrafts} makes routes of them, {@link
 * dev.discreet.openapi.RoutesYaml} writes them; {@link dev.discreet.openapi.Drift} compares.
 * Nothing is fetched: a reference to another file or host is reported, never followed.
 */
@NullMarked
package dev.discreet.openapi;

import org.jspecify.annotations.NullMarked;
