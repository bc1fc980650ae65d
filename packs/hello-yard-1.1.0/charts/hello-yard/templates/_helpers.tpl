{{/* One release may be installed several times in a namespace, so its name is part of every object's name. */}}
{{- define "hello-yard.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "hello-yard.selectorLabels" -}}
app.kubernetes.io/name: hello-yard
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "hello-yard.labels" -}}
{{ include "hello-yard.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}
