{{/* Labels that select the agents. They are immutable in a DaemonSet: never add a version here. */}}
{{- define "flannel.selectorLabels" -}}
app.kubernetes.io/name: flannel
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "flannel.labels" -}}
{{ include "flannel.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: cni
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "flannel.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* The backend's settings: a port only where the backend has one. */}}
{{- define "flannel.backend" -}}
{{- $backend := dict "Type" .Values.network.backend.type -}}
{{- if eq .Values.network.backend.type "vxlan" -}}
{{- $_ := set $backend "Port" (int .Values.network.backend.port) -}}
{{- end -}}
{{- toJson $backend -}}
{{- end }}
