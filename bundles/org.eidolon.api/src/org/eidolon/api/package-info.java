// SPDX-License-Identifier: EPL-2.0
/**
 * What a library of nodes is written against: annotations and interfaces of nodes, and what the engine offers a node
 * that runs.
 */
package org.eidolon.api;
