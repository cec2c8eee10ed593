package vn.luot.connection;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * What a request passes, in this order, before it comes to a resource.
 *
 * <p>Before all of it stand {@code request.WatchedConnections}, {@code request.RequestDecoder},
 * {@code request.RequestHeads} and {@code request.RequestGate}, which answers ordinary hits by the
 * {@code request.FastPath}; during shutdown {@code Drain}. A step that fails the request has it
 * answered by {@code problem.ProblemRoute}. Quarkus's own steps, whose order is below 900, come
 * behind all but the last two of these; behind the first few nothing is as frequent as a public
 * call, so that comes early.
 */
public enum RequestStep {
  /** {@code widget.BasePath}: takes away the path that the service lives below. */
  BASE_PATH(1000),
  /** {@code widget.DemoPortal}: leaves it out where it is switched off. */
  DEMO_PORTAL(999),
  /** {@code widget.PageHeaders}: what browsers need to keep our pages safe. */
  PAGE_HEADERS(998),
  /** {@code site.door.PublicDoor}: whether this page may call for this site; preflights. */
  PUBLIC_DOOR(997),
  /** {@code reading.ReadsRoute}: answers of ordinary reads that many share. */
  SHARED_READS(996),
  /** {@code admin.export.AnyAccept}: exports in the format that the query names. */
  EXPORT_ACCEPT(995),
  /** {@code admin.access.Access}: who may send a large body to an owner's call. */
  OWNERS_BODIES(1),
  /** {@code connection.BodyLimits}: how long bodies may be; reads the large ones. */
  BODY_LIMITS(0);

  private final int priority;

  /** Higher comes first; Quarkus makes a route of order -priority of it. */
  RequestStep(int priority) {
    this.priority = priority;
  }

  public void take(Filters filters, Handler<RoutingContext> handler) {
    filters.register(handler, priority);
  }
}
